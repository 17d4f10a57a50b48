import type { Id, Result } from 'kontor/sdk';

declare module 'kontor/sdk' {
  interface CartLine {
    readonly id: Id;
    readonly variantId: Id;
    readonly quantity: number;
    /** What the theme's form sent along, e.g. an engraving. */
    readonly properties: Readonly<Record<string, string>>;
    /** As it is sold now; null when it no longer is. */
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
    /** Without shipping until a checkout names it. */
    readonly totals: Totals;
    readonly requiresShipping: boolean;
    readonly weightGrams: number;
    /** What was wrong since the last look: a variant that is gone, a quantity that stock no longer covers. */
    readonly notices: readonly {
      readonly code: 'gone' | 'lowered';
      readonly variantId: Id;
      readonly available?: number;
    }[];
  }

  /** What plugins may add to a cart's price, and what they said of codes they refused. Passes through `cart.adjustments`. */
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
    readonly discounts: readonly TotalsDiscount[];
    readonly refusedCodes: readonly { readonly code: string; readonly reason: string }[];
  }

  type CartRefusal =
    | 'unknownVariant'
    | 'notForSale'
    | 'outOfStock'
    | 'badQuantity'
    | 'tooManyLines'
    | 'lineNotFound'
    | 'ordered';

  interface Carts {
    /** The visitor's cart by its token; undefined when there is none or it was ordered. */
    byToken(token: string, options?: { locale?: string }): Promise<Cart | undefined>;
    byId(id: Id, options?: { locale?: string }): Promise<Cart | undefined>;
    create(options?: {
      currency?: string;
      customerId?: Id;
      locale?: string;
    }): Promise<{ id: Id; token: string }>;
    add(
      token: string,
      lines: readonly { variantId: Id; quantity: number; properties?: Readonly<Record<string, string>> }[],
    ): Promise<Result<Cart, CartRefusal>>;
    /** Quantity 0 removes. */
    change(
      token: string,
      line: { lineId: Id; quantity: number; properties?: Readonly<Record<string, string>> },
    ): Promise<Result<Cart, CartRefusal>>;
    update(
      token: string,
      change: {
        note?: string;
        attributes?: Readonly<Record<string, string>>;
        discountCodes?: readonly string[];
        quantities?: Readonly<Record<string, number>>;
      },
    ): Promise<Result<Cart, CartRefusal>>;
    clear(token: string): Promise<Result<Cart, CartRefusal>>;
    /** After a guest signs in: lines of both carts, added up where variant and properties are the same. */
    claim(token: string, customerId: Id): Promise<Result<Cart, CartRefusal>>;
    /** Locks the row in the caller's transaction and gives the cart as it is sold now, priced; `state` tells whether it was ordered. */
    lock(id: Id, options?: { locale?: string }): Promise<Cart | undefined>;
    /** In the caller's transaction, after `lock`. */
    markOrdered(id: Id, orderId: Id): Promise<void>;
    /**
     * Everything a total of this cart depends on, with what the checkout knows beyond it: rates of tax for where it goes, and shipping.
     */
    totalsInput(
      cart: Cart,
      more?: {
        shipTo?: { country: string; postalCode?: string };
        billTo?: { country: string; postalCode?: string; vatNumber?: string };
        shipping?: { title: string; amount: number } | null;
      },
    ): Promise<TotalsInput>;
  }

  interface Services {
    carts: Carts;
  }
  interface Filters {
    'cart.adjustments': CartAdjustments;
  }
  interface Guards {
    'cart.add': { cartId: Id; variantId: Id; quantity: number; customerId: Id | null };
  }
}
