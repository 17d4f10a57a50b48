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
  /** `voided`: the order was cancelled before any money came. */
  type OrderPaymentState =
    | 'pending'
    | 'authorised'
    | 'paid'
    | 'partially_refunded'
    | 'refunded'
    | 'failed'
    | 'voided';

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
    /** Units taken off before they shipped, by a refund or a cancellation: they never will. */
    readonly droppedQuantity: number;
    readonly refundedQuantity: number;
    /** Given back of this line, tax included; plain amounts count to the lines in proportion. */
    readonly refundedAmount: number;
    /** Tax within `refundedAmount`. */
    readonly refundedTax: number;
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

  /** An order in a list: without lines and without the way its total came about. */
  interface ListedOrder extends Omit<Order, 'lines' | 'totals' | 'shipTo' | 'billTo' | 'note'> {
    /** Of the bill's address, else of the delivery's. */
    readonly name: string;
    /** Its total. */
    readonly amount: number;
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
    readonly lines: readonly Omit<
      OrderLine,
      'id' | 'shippedQuantity' | 'droppedQuantity' | 'refundedQuantity' | 'refundedAmount' | 'refundedTax'
    >[];
    /** For orders that come from elsewhere; now when left out. One of an earlier month does not count to this one's limit. */
    readonly placedAt?: Date;
    /** Whether the buyer gets a confirmation; true when left out, false for an order with `placedAt`. */
    readonly notify?: boolean;
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
    readonly deliveredAt: Date | null;
  }

  /** Money on its way back, or back. */
  interface Refund {
    readonly id: Id;
    /** Natural key, e.g. `order:12:refund:1`, as the payment knows it. */
    readonly key: string;
    /** `pending` until the provider says so; `failed` when it could not be given back after all. */
    readonly state: 'pending' | 'done' | 'failed';
    /** Tax included. */
    readonly amount: number;
    readonly taxAmount: number;
    readonly shippingAmount: number;
    readonly shippingTaxAmount: number;
    /** Exact shares of the lines; `quantity` 0 for a share of a plain amount. */
    readonly lines: readonly {
      readonly lineId: Id;
      readonly quantity: number;
      readonly amount: number;
      readonly tax: number;
    }[];
    readonly reason: string;
    readonly isRestocked: boolean;
    readonly madeBy: string;
    readonly madeAt: Date;
    readonly settledAt: Date | null;
  }

  /** An order that a team writes: by telephone, at the counter. Prices are the catalogue's unless a line says otherwise. */
  interface ManualOrder {
    readonly email: string;
    readonly customerId?: Id;
    readonly locale?: string;
    readonly shipTo?: PostalAddress;
    readonly billTo?: PostalAddress;
    readonly lines: readonly {
      readonly variantId?: Id;
      /** For what is not in the catalogue, or is called otherwise. */
      readonly title?: string;
      readonly quantity: number;
      /** Minor units for one, as the store quotes prices; the catalogue's when left out. */
      readonly unitAmount?: number;
      readonly taxClass?: string;
      readonly requiresShipping?: boolean;
      readonly properties?: Readonly<Record<string, string>>;
    }[];
    readonly shipping?: { readonly title: string; readonly amount: number };
    /** Taken off all lines together, in minor units. */
    readonly discountAmount?: number;
    readonly paymentTitle?: string;
    readonly isPaid?: boolean;
    readonly note?: string;
    readonly notify?: boolean;
  }

  type ManualOrderRefusal =
    | 'unknownVariant'
    | 'badLine'
    | 'outOfStock'
    | 'badAddress'
    | 'refused'
    | 'limitReached';

  /** A manual order that is not placed yet. */
  interface DraftOrder {
    readonly id: Id;
    readonly version: number;
    readonly order: ManualOrder;
    readonly changedAt: Date;
    readonly changedBy: string;
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
      /** `newest` when left out. */
      sort?: 'newest' | 'oldest';
      cursor?: string;
      /** 50 when left out, 100 at most. */
      limit?: number;
    }): Promise<{ orders: ListedOrder[]; next: string | null }>;
    /** All that is not shipped yet, unless `lines` says less. */
    ship(
      id: Id,
      shipment: {
        lines?: readonly { lineId: Id; quantity: number }[];
        carrier?: string;
        trackingNumber?: string;
        trackingUrl?: string;
        notify?: boolean;
        /** Ships although no money is sure: on delivery, by invoice. */
        unpaid?: boolean;
        /** For what happened elsewhere; now when left out. */
        at?: Date;
      },
    ): Promise<Result<Fulfilment, 'notFound' | 'notShippable' | 'tooMany' | 'notPaid'>>;
    deliver(id: Id, when?: { at?: Date }): Promise<Result<undefined, 'notFound' | 'notShipped'>>;
    /** Before anything is shipped: stock is let go, money given back. */
    cancel(
      id: Id,
      why: { reason: string; notify?: boolean; at?: Date },
    ): Promise<Result<undefined, 'notFound' | 'shipped' | 'cancelled'>>;
    /**
     * Lines by quantity, shipping, or a plain amount; all three add up. Units that have not shipped never will, and their stock
     * is let go; `restock` takes back in what had shipped. Every share is taken from the frozen totals, so that refunds of
     * everything end at exactly the total, whatever the parts.
     *
     * @returns `tooMuch` with `left`, in minor units or units of `lineId`
     */
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
    /** Oldest first. */
    timeline(id: Id): Promise<OrderEvent[]>;
    fulfilments(id: Id): Promise<Fulfilment[]>;
    refunds(id: Id): Promise<Refund[]>;
    /**
     * Contact and addresses, until something is shipped.
     *
     * @param change.version - refused with `changed` and who did it when it is not the newest
     * @returns `otherCountry` for a delivery to another country: tax was decided by it
     */
    edit(
      id: Id,
      change: {
        version?: number;
        email?: string;
        shipTo?: PostalAddress;
        billTo?: PostalAddress;
        note?: string;
      },
    ): Promise<Result<Order, 'notFound' | 'changed' | 'shipped' | 'otherCountry' | 'badAddress'>>;
    /**
     * Fewer of a line, or none, of what has not shipped. What is paid for is given back, by the frozen shares; an order that
     * was written by the team and is not paid is worked out anew.
     *
     * @returns `notPaid` while a payment for the whole amount waits: cancel, or mark it paid first
     */
    changeLines(
      id: Id,
      change: { version?: number; lines: readonly { lineId: Id; quantity: number }[]; notify?: boolean },
    ): Promise<Result<Order, 'notFound' | 'changed' | 'shipped' | 'tooMany' | 'nothingLeft' | 'notPaid'>>;
    /** Words of the team for itself, into the timeline. */
    note(id: Id, text: string): Promise<Result<OrderEvent, 'notFound'>>;
    /** All tags the order then has. */
    tag(id: Id, tags: readonly string[]): Promise<Result<readonly string[], 'notFound'>>;
    /** Changes many orders by a job; what an order refuses leaves it as it is. @returns the job's id */
    changeMany(change: {
      orderIds: readonly Id[];
      action: 'tag' | 'untag' | 'ship' | 'deliver';
      tags: readonly string[];
    }): Promise<string>;
    /** Works the totals out again from what they were made of. */
    recompute(
      id: Id,
    ): Promise<Result<{ isSame: boolean; stored: Totals; computed: Totals; input: TotalsInput }, 'notFound'>>;
    /** Places an order of the team: stock is taken, prices and tax worked out as they are now. */
    create(
      order: ManualOrder,
    ): Promise<Result<{ id: Id; number: string; token: string }, ManualOrderRefusal>>;
  }

  /** Manual orders that are not placed yet: nothing is taken or promised until one is placed. */
  interface DraftOrders {
    list(options?: {
      cursor?: string;
      limit?: number;
    }): Promise<{ drafts: DraftOrder[]; next: string | null }>;
    find(id: Id): Promise<DraftOrder | undefined>;
    save(
      order: ManualOrder,
      known?: { id: Id; version?: number },
    ): Promise<Result<DraftOrder, 'notFound' | 'changed'>>;
    remove(id: Id): Promise<Result<undefined, 'notFound'>>;
    /** What it would cost now. */
    totals(order: ManualOrder): Promise<Result<Totals, ManualOrderRefusal>>;
    place(
      id: Id,
    ): Promise<Result<{ id: Id; number: string; token: string }, ManualOrderRefusal | 'notFound'>>;
  }

  interface Services {
    orders: Orders;
    draftOrders: DraftOrders;
  }
  interface Events {
    'order.placed': {
      orderId: Id;
      number: string;
      email: string;
      customerId: Id | null;
      amount: number;
      currency: string;
      /** ISO time. */
      placedAt: string;
      /** Whether the buyer is to be told. */
      notify: boolean;
    };
    'order.paid': { orderId: Id };
    'order.shipped': { orderId: Id; fulfilmentId: Id; notify: boolean };
    'order.delivered': { orderId: Id };
    'order.cancelled': { orderId: Id; notify: boolean };
    /** A refund was asked for, or came from the provider's side. `amount` is whole minor units. */
    'order.refunded': { orderId: Id; refundId: Id; amount: number; currency: string; notify: boolean };
    /** The provider could not give it back after all: `amount` counts as paid again. */
    'order.refund_failed': { orderId: Id; refundId: Id; amount: number; currency: string };
  }
  interface Jobs {
    /** One change to many orders; `by` asked for it. */
    'orders.change-many': {
      orderIds: Id[];
      action: 'tag' | 'untag' | 'ship' | 'deliver';
      tags: string[];
      by: string;
    };
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
