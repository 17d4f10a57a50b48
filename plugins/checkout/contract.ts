import type { Id, Result } from 'kontor/sdk';

declare module 'kontor/sdk' {
  /** A cart on its way to an order. */
  interface CheckoutState {
    readonly cart: Cart;
    readonly email: string;
    readonly shipTo: PostalAddress | null;
    readonly billTo: PostalAddress | null;
    readonly acceptsMarketing: boolean;
    readonly rates: readonly ShippingRate[];
    readonly rate: ShippingRate | null;
    readonly methods: readonly PaymentMethod[];
    readonly totals: Totals;
    readonly payment: Payment | null;
    /** Money of an earlier try that goes back to the buyer; null when there is none. */
    readonly returned: ReturnedPayment | null;
    /** What is still missing, in the order of the page; empty when it can be paid. */
    readonly missing: readonly ('email' | 'shipTo' | 'billTo' | 'rate' | 'lines')[];
  }

  /** A payment that became no order. */
  interface ReturnedPayment {
    readonly paymentId: Id | null;
    /** Why there was no order: `outOfStock`, `priceChanged`, `notForSale`, `refused` by a guard, `limitReached`. */
    readonly reason: string;
    readonly amount: number;
    readonly currency: string;
    /** ISO 8601. */
    readonly at: string;
  }

  type CheckoutRefusal =
    | 'noCart'
    | 'empty'
    | 'signInNeeded'
    | 'badEmail'
    | 'badAddress'
    | 'noDelivery'
    | 'unknownRate'
    | 'incomplete'
    | 'outOfStock'
    | 'notForSale'
    | 'priceChanged'
    | 'unknownMethod'
    | 'declined'
    | 'providerDown'
    | 'refused'
    | 'limitReached'
    | 'ordered';

  interface CompletedCheckout {
    readonly orderId: Id;
    readonly number: string;
    readonly token: string;
    /** Whether this call made it. */
    readonly isNew: boolean;
  }

  interface Checkout {
    /**
     * All that a page of the checkout shows, computed anew.
     *
     * @param token - of the cart
     * @param options - `locale` is the language of titles; the one of the request when left out
     * @returns `noCart` when there is none, or it was ordered
     */
    state(token: string, options?: { locale?: string }): Promise<Result<CheckoutState, 'noCart'>>;
    /**
     * Keeps what the buyer said; what is left out stays.
     *
     * @returns `badAddress` with `field` (`shipTo` or `billTo`) and `faults` by field; `noDelivery` with `countries`
     */
    update(
      token: string,
      change: {
        email?: string;
        shipTo?: PostalAddress;
        billTo?: PostalAddress | 'same';
        rateCode?: string;
        acceptsMarketing?: boolean;
        note?: string;
        locale?: string;
      },
    ): Promise<Result<CheckoutState, CheckoutRefusal>>;
    /**
     * Holds the stock for 15 minutes and starts the payment. What the buyer sees now is what `complete` orders.
     *
     * @param input - `expected` is the total the buyer saw, minor units; `returnUrl` gets `checkout={key}` added, so that the
     *   return is known without a cookie
     * @returns the payment, null when there is nothing to pay; `incomplete` with `missing`; `priceChanged` with `expected`
     *   and `total`; `outOfStock` with `lines`; `refused` with the `reason` of a guard; `ordered` with the order's number and token
     */
    pay(
      token: string,
      input: {
        method: string;
        expected: number;
        details?: Readonly<Record<string, string>>;
        returnUrl: string;
        locale: string;
      },
    ): Promise<Result<{ payment: Payment | null; next: PaymentStep }, CheckoutRefusal>>;
    /**
     * The one path to an order: the browser's return, the provider's event and "mark as paid" all call it, as often as they
     * like.
     *
     * @returns `notPaid` while no money is sure; `refunded` with the `reason` when stock or a guard refused, and the money goes
     *   back; `incomplete` when nobody has agreed to buy
     */
    complete(
      cartId: Id,
    ): Promise<Result<CompletedCheckout, 'noCart' | 'notPaid' | 'refunded' | 'incomplete'>>;
  }

  interface Services {
    checkout: Checkout;
  }
  interface Events {
    /** A payment became no order; it goes back. */
    'checkout.refused': {
      cartId: Id;
      paymentId: Id | null;
      reason: string;
      amount: number;
      currency: string;
    };
  }
  interface Jobs {
    'checkout.drop-old': Record<string, never>;
  }
}
