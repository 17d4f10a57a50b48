import type { Id, Money, Result, TraceStep } from 'kontor/sdk';

declare module 'kontor/sdk' {
  type OrderState =
    | 'pending'
    | 'processing'
    | 'partially_shipped'
    | 'shipped'
    | 'delivered'
    | 'cancelled'
    | 'refunded';
  type OrderPaymentState = 'pending' | 'authorised' | 'paid' | 'partially_refunded' | 'refunded' | 'failed';

  /** A line as it was when it was bought. */
  interface OrderLine {
    readonly id: Id;
    /** Name of the line in `totals`. */
    readonly key: string;
    readonly variantId: Id | null;
    readonly productId: Id | null;
    readonly title: string;
    readonly variantTitle: string;
    readonly sku: string;
    readonly options: readonly { readonly name: string; readonly value: string }[];
    readonly properties: Readonly<Record<string, string>>;
    readonly picturePath: string | null;
    readonly taxClass: string;
    readonly requiresShipping: boolean;
    readonly weightGrams: number;
    readonly quantity: number;
    readonly unitAmount: number;
    readonly shippedQuantity: number;
    readonly refundedQuantity: number;
  }

  interface Order {
    readonly id: Id;
    /** Grows with each change. */
    readonly version: number;
    /** What people read: prefix and number of the store's series, e.g. `#1042`. */
    readonly number: string;
    /** 128 random bits: the order's page without an account. */
    readonly token: string;
    readonly state: OrderState;
    readonly paymentState: OrderPaymentState;
    readonly channel: 'web' | 'letzshop' | 'manual' | 'agent';
    readonly cartId: Id | null;
    readonly paymentId: Id | null;
    readonly customerId: Id | null;
    readonly email: string;
    readonly locale: string;
    readonly currency: string;
    readonly shipTo: PostalAddress | null;
    readonly billTo: PostalAddress | null;
    readonly shippingTitle: string;
    readonly paymentTitle: string;
    readonly note: string;
    readonly tags: readonly string[];
    readonly totals: Totals;
    readonly refundedAmount: number;
    readonly lines: readonly OrderLine[];
    readonly placedAt: Date;
    readonly cancelledAt: Date | null;
  }

  interface OrderDraft {
    readonly cartId?: Id;
    readonly paymentId?: Id;
    readonly paymentState: OrderPaymentState;
    readonly paymentTitle: string;
    readonly channel: Order['channel'];
    readonly customerId: Id | null;
    readonly email: string;
    readonly locale: string;
    readonly currency: string;
    readonly shipTo: PostalAddress | null;
    readonly billTo: PostalAddress | null;
    readonly shippingTitle: string;
    readonly note?: string;
    /** Frozen with the order; recomputing gives `totals`. */
    readonly totalsInput: TotalsInput;
    readonly totals: Totals;
    /** Who changed the totals, step by step. */
    readonly trace: readonly TraceStep[];
    readonly lines: readonly Omit<OrderLine, 'id' | 'shippedQuantity' | 'refundedQuantity'>[];
    /** For orders that come from elsewhere; now when left out. */
    readonly placedAt?: Date;
    /** Holds or takes stock by this reference already; `orders` names it when it ships or cancels. */
    readonly stockReference: string;
  }

  interface Fulfilment {
    readonly id: Id;
    readonly lines: readonly { readonly lineId: Id; readonly quantity: number }[];
    readonly carrier: string;
    readonly trackingNumber: string;
    readonly trackingUrl: string;
    readonly state: 'shipped' | 'delivered';
    readonly shippedAt: Date;
  }

  interface OrderEvent {
    readonly id: Id;
    readonly kind: string;
    readonly actor: string;
    readonly details: Readonly<Record<string, unknown>>;
    readonly at: Date;
  }

  interface Orders {
    /**
     * Writes an order in the caller's transaction: number, rows, timeline and `order.placed` together. Asks the guard
     * `order.place` first. The same cart or payment gives the order that is there.
     *
     * @returns `refused` with the guard's reason
     */
    place(
      draft: OrderDraft,
    ): Promise<Result<{ id: Id; number: string; token: string; isNew: boolean }, 'refused' | 'limitReached'>>;
    find(id: Id): Promise<Order | undefined>;
    byToken(token: string): Promise<Order | undefined>;
    byCart(cartId: Id): Promise<Order | undefined>;
    list(options?: {
      state?: OrderState;
      paymentState?: OrderPaymentState;
      customerId?: Id;
      email?: string;
      /** Part of number, address or name. */
      text?: string;
      from?: Date;
      to?: Date;
      tag?: string;
      cursor?: string;
      limit?: number;
    }): Promise<{ orders: Omit<Order, 'lines'>[]; next: string | null }>;
    ship(
      id: Id,
      shipment: {
        lines?: readonly { lineId: Id; quantity: number }[];
        carrier?: string;
        trackingNumber?: string;
        trackingUrl?: string;
        notify?: boolean;
      },
    ): Promise<Result<Fulfilment, 'notFound' | 'notShippable' | 'tooMany' | 'notPaid'>>;
    deliver(id: Id): Promise<Result<undefined, 'notFound' | 'notShipped'>>;
    /** Before anything is shipped: stock is let go, money given back. */
    cancel(
      id: Id,
      why: { reason: string; notify?: boolean },
    ): Promise<Result<undefined, 'notFound' | 'shipped' | 'cancelled'>>;
    /** Lines by quantity, shipping, or a plain amount. `restock` takes the goods back in. */
    refund(
      id: Id,
      refund: {
        lines?: readonly { lineId: Id; quantity: number }[];
        shippingAmount?: number;
        amount?: number;
        restock?: boolean;
        reason: string;
        notify?: boolean;
      },
    ): Promise<
      Result<{ refundId: Id; amount: Money }, 'notFound' | 'tooMuch' | 'nothingToRefund' | 'notPaid'>
    >;
    markPaid(id: Id): Promise<Result<undefined, 'notFound' | 'notWaiting'>>;
    timeline(id: Id): Promise<OrderEvent[]>;
  }

  interface Services {
    orders: Orders;
  }
  interface Events {
    'order.placed': {
      orderId: Id;
      number: string;
      email: string;
      customerId: Id | null;
      amount: number;
      currency: string;
    };
    'order.paid': { orderId: Id };
    'order.shipped': { orderId: Id; fulfilmentId: Id };
    'order.delivered': { orderId: Id };
    'order.cancelled': { orderId: Id };
    'order.refunded': { orderId: Id; refundId: Id; amount: number; currency: string };
  }
  interface Guards {
    'order.place': {
      email: string;
      customerId: Id | null;
      currency: string;
      amount: number;
      lines: readonly { variantId: Id | null; quantity: number }[];
    };
  }
}
