import type { Id, Result, TraceStep } from 'kontor/sdk';

declare module 'kontor/sdk' {
  interface CartLine {
    /** Its number within the cart; it is not given again. */
    readonly id: Id;
    readonly variantId: Id;
    readonly quantity: number;
    /** What the theme's form sent along, e.g. an engraving. */
    readonly properties: Readonly<Record<string, string>>;
    /** As it is sold now; null when it no longer is. Such a line costs nothing, and is in no total. */
    readonly variant: SellableVariant | null;
  }

  interface Cart {
    readonly id: Id;
    /** Grows with each change. */
    readonly version: number;
    readonly state: 'open' | 'ordered';
    readonly currency: string;
    readonly customerId: Id | null;
    readonly group: string;
    readonly note: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly discountCodes: readonly string[];
    readonly lines: readonly CartLine[];
    /** What plugins take off, as `cart.adjustments` gave it. */
    readonly discounts: readonly TotalsDiscount[];
    /** Codes that nobody took, or that somebody refused. */
    readonly refusedCodes: CartAdjustments['refusedCodes'];
    /** Who changed what at `cart.adjustments`; an order keeps it. */
    readonly trace: readonly TraceStep[];
    /** Without shipping until a checkout names it. Lines by `key`, the line's id as text. */
    readonly totals: Totals;
    readonly requiresShipping: boolean;
    readonly weightGrams: number;
    /**
     * What stands in the way of an order: a variant that is no longer sold, a quantity that stock does not cover any more
     * (`lowered`; the line keeps its quantity until the buyer changes it).
     */
    readonly notices: readonly {
      readonly code: 'gone' | 'lowered';
      readonly variantId: Id;
      readonly available?: number;
    }[];
  }

  /**
   * What plugins may add to a cart's price, and what they said of codes they refused. Passes through `cart.adjustments`. A
   * discount has a key of its own and names lines of this cart; one that does not is left out, with a line in the log.
   */
  interface CartAdjustments {
    readonly cart: {
      readonly id: Id;
      readonly currency: string;
      readonly customerId: Id | null;
      readonly codes: readonly string[];
      readonly lines: readonly {
        readonly key: string;
        readonly variantId: Id;
        readonly productId: Id;
        readonly quantity: number;
        readonly unitAmount: number;
      }[];
    };
    /** In the order they apply. */
    readonly discounts: readonly TotalsDiscount[];
    readonly refusedCodes: readonly { readonly code: string; readonly reason: string }[];
  }

  /** `outOfStock` has in its details `lines: [{ variantId, wanted, available }]`; `refused` the guard's `reason`. */
  type CartRefusal =
    | 'noCart'
    | 'unknownVariant'
    | 'notForSale'
    | 'outOfStock'
    | 'badQuantity'
    | 'tooManyLines'
    | 'lineNotFound'
    | 'refused'
    | 'ordered';

  interface CartAddition {
    readonly variantId: Id;
    /** 1 to 100,000. */
    readonly quantity: number;
    readonly properties?: Readonly<Record<string, string>>;
  }

  interface CartLook {
    /** Language of titles; the store's when left out. */
    readonly locale?: string;
    /** Who is signed in. A guest's cart becomes theirs by a change, another customer's is not found. */
    readonly customerId?: Id;
  }

  /**
   * Carts of the current store. A visitor's cart is known by its token, 128 random bits in the cookie `kontor_cart`; only a
   * hash of it is kept. Prices are read anew at every look, so that none is old.
   */
  interface Carts {
    /** The visitor's cart by its token; undefined when there is none or it was ordered. Three statements. */
    byToken(token: string, options?: CartLook): Promise<Cart | undefined>;
    /** Ordered ones too. Three statements. */
    byId(id: Id, options?: { locale?: string }): Promise<Cart | undefined>;
    /** @param options - `currency` is the store's when left out */
    create(options?: {
      currency?: string;
      customerId?: Id;
      locale?: string;
    }): Promise<{ id: Id; token: string }>;
    /** A new cart with something in it; nothing is made when a line is refused. */
    start(
      lines: readonly CartAddition[],
      options?: { currency?: string; customerId?: Id; locale?: string },
    ): Promise<Result<{ cart: Cart; token: string }, CartRefusal>>;
    /**
     * Adds lines, all or none; what is the same variant with the same properties is added up. Six statements with `begin` and
     * `commit`. Asks the guard `cart.add` for each.
     */
    add(
      token: string,
      lines: readonly CartAddition[],
      options?: CartLook,
    ): Promise<Result<Cart, CartRefusal>>;
    /** Quantity 0 removes. Less is never refused for want of stock. */
    change(
      token: string,
      line: { lineId: Id; quantity: number; properties?: Readonly<Record<string, string>> },
      options?: CartLook,
    ): Promise<Result<Cart, CartRefusal>>;
    /** What is left out stays; `attributes` and `discountCodes` are given whole, `quantities` by line id, 0 removes. */
    update(
      token: string,
      change: {
        note?: string;
        attributes?: Readonly<Record<string, string>>;
        discountCodes?: readonly string[];
        quantities?: Readonly<Record<string, number>>;
      },
      options?: CartLook,
    ): Promise<Result<Cart, CartRefusal>>;
    /** Takes all lines out. */
    clear(token: string, options?: CartLook): Promise<Result<Cart, CartRefusal>>;
    /**
     * After a guest signs in: lines of both carts, added up where variant and properties are the same, as many as there is
     * room for. The customer's other devices have this cart from then on. The group of the customer, and so the prices, are
     * looked up anew. Claiming one's own again changes nothing.
     *
     * @returns `noCart` when there is none, or it is another customer's
     */
    claim(token: string, customerId: Id, options?: { locale?: string }): Promise<Result<Cart, CartRefusal>>;
    /** For a customer on a new device: a token to the cart they have open; undefined when there is none. */
    ofCustomer(customerId: Id): Promise<{ id: Id; token: string } | undefined>;
    /**
     * Locks the row in the caller's transaction and gives the cart as it is sold now, priced; `state` tells whether it was
     * ordered, and then it is not priced. Two statements; stock is not looked at, as whoever locks is about to reserve.
     */
    lock(id: Id, options?: { locale?: string }): Promise<Cart | undefined>;
    /** In the caller's transaction, after `lock`. @throws CART_ERR_NOT_OPEN when it was ordered before, or is gone */
    markOrdered(id: Id, orderId: Id): Promise<void>;
    /**
     * Everything a total of this cart depends on, with what the checkout knows beyond it: rates of tax for where it goes, and
     * shipping. No query when warm.
     */
    totalsInput(
      cart: Cart,
      more?: {
        shipTo?: { country: string; postalCode?: string };
        billTo?: { country: string; postalCode?: string; vatNumber?: string };
        shipping?: { title: string; amount: number } | null;
      },
    ): Promise<TotalsInput>;
    /** Removes carts nobody has touched since a time, 500 at most, ordered ones too. @returns how many */
    dropBefore(time: Date): Promise<number>;
  }

  interface Services {
    carts: Carts;
  }
  interface Jobs {
    'cart.drop-stale-carts': Record<string, never>;
  }
  interface Filters {
    'cart.adjustments': CartAdjustments;
  }
  interface Guards {
    /** `cartId` is null for a cart that begins with it. */
    'cart.add': { cartId: Id | null; variantId: Id; quantity: number; customerId: Id | null };
  }
}
