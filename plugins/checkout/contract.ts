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
    /** What is still missing, in the order of the page; empty when it can be paid. */
    readonly missing: readonly ('email' | 'shipTo' | 'billTo' | 'rate' | 'lines')[];
  }

  type CheckoutRefusal =
    | 'noCart'
    | 'empty'
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
    | 'ordered';

  interface CompletedCheckout {
    readonly orderId: Id;
    readonly number: string;
    readonly token: string;
    /** Whether this call made it. */
    readonly isNew: boolean;
  }

  interface Checkout {
    state(token: string, options?: { locale?: string }): Promise<Result<CheckoutState, 'noCart'>>;
    update(
      token: string,
      change: {
        email?: string;
        shipTo?: PostalAddress;
        billTo?: PostalAddress | 'same';
        rateCode?: string;
        acceptsMarketing?: boolean;
        note?: string;
      },
    ): Promise<Result<CheckoutState, CheckoutRefusal>>;
    /** Holds the stock for 15 minutes and starts the payment. `expected` is the total the buyer saw. */
    pay(
      token: string,
      input: {
        method: string;
        expected: number;
        details?: Readonly<Record<string, string>>;
        returnUrl: string;
        locale: string;
      },
    ): Promise<Result<{ payment: Payment; next: PaymentStep }, CheckoutRefusal>>;
    /**
     * The one path to an order: the browser's return, the provider's event and "mark as paid" all call it, as often as they like.
     *
     * @returns `notPaid` while no money is sure; `refunded` when stock or a guard refused, and the money goes back
     */
    complete(
      cartId: Id,
    ): Promise<Result<CompletedCheckout, 'noCart' | 'notPaid' | 'refunded' | 'incomplete'>>;
  }

  interface Services {
    checkout: Checkout;
  }
}
