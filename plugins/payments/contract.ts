import type { Id, Money, Result } from 'kontor/sdk';

declare module 'kontor/sdk' {
  type PaymentState =
    | 'started'
    | 'waiting'
    | 'authorised'
    | 'captured'
    | 'partially_refunded'
    | 'refunded'
    | 'failed'
    | 'cancelled';

  /** A payment of one cart. `waiting`: nothing can be done but wait, e.g. for a bank transfer; it may be ordered on. */
  interface Payment {
    readonly id: Id;
    readonly provider: string;
    readonly method: string;
    /** What it pays, as its starter named it, e.g. `cart:12`. */
    readonly reference: string;
    readonly providerReference: string | null;
    readonly state: PaymentState;
    readonly amount: number;
    readonly capturedAmount: number;
    readonly refundedAmount: number;
    readonly currency: string;
    /** Words for the buyer when it failed. */
    readonly error: string | null;
    /** Words for the team: what was wrong with what the provider said. */
    readonly note: string | null;
    readonly isTest: boolean;
    readonly orderId: Id | null;
    /** It goes back, or has gone back: no order may stand on it any more. */
    readonly isGivenBack: boolean;
    readonly createdAt: Date;
  }

  /** What a provider says of a payment now. Never taken from a webhook's body. */
  interface ProviderState {
    readonly providerReference: string;
    readonly state: 'needs_action' | 'waiting' | 'authorised' | 'captured' | 'failed' | 'cancelled';
    /** What was authorised; of a `waiting` one what is waited for. */
    readonly authorised: Money;
    readonly captured: Money;
    readonly refunded: Money;
    readonly isTest: boolean;
    /** Account at the provider, where it tells; another one than at the start pays nothing. */
    readonly account?: string;
    readonly error?: string;
    /** What the browser must do. */
    readonly next?: PaymentStep;
  }

  type PaymentStep =
    | { readonly kind: 'none' }
    | { readonly kind: 'redirect'; readonly url: string }
    /**
     * Data for the provider's own script on the page. `module` is the address of an ES module whose `mount({ element, data })`
     * draws what is needed into the element and answers `{ pay() }`; `pay` leaves the page, or throws an Error with words
     * for the buyer.
     */
    | { readonly kind: 'script'; readonly data: Readonly<Record<string, string>> };

  interface PaymentMethod {
    readonly code: string;
    readonly provider: string;
    readonly title: string;
    /** What the buyer reads under it. */
    readonly description: string;
    /** Whether an order may be placed before any money is sure: bank transfer, on delivery, invoice. */
    readonly isLater: boolean;
    readonly isTest: boolean;
    /** What the buyer fills in on our page; sent as `details` by name. */
    readonly fields?: readonly PaymentField[];
    /** Origins whose scripts, frames and calls the checkout page lets in, for a step of kind `script`. */
    readonly origins?: readonly string[];
  }

  interface PaymentField {
    readonly name: string;
    readonly title: string;
    readonly value?: string;
    /** A choice among these instead of a line of text. */
    readonly options?: readonly { readonly value: string; readonly title: string }[];
  }

  /**
   * A way to be paid. Every call carries an idempotency key; nothing is called inside a database transaction.
   *
   * What a provider declines is an answer (`failed` with its `error`); what could not be asked is thrown. An error whose
   * `details.answered` is true says that the provider did answer, and would answer the same to the same key.
   */
  interface PaymentProvider {
    readonly code: string;
    readonly title: string;
    /** Of the current store, with what the buyer reads; none while it is not configured. */
    methods(context: { currency: string; country?: string; locale: string }): Promise<PaymentMethod[]>;
    start(input: {
      key: string;
      method: string;
      amount: Money;
      reference: string;
      email: string | null;
      returnUrl: string;
      capture: 'automatic' | 'manual';
      locale: string;
      /** To be kept with the payment at the provider: `payment`, `store`, `reference`, and `start`, a token of this start. */
      metadata: Readonly<Record<string, string>>;
      /** What the buyer's form sent for this method, e.g. the test gateway's card number. */
      details: Readonly<Record<string, string>>;
    }): Promise<ProviderState>;
    /** What became of a start that was never answered, by its token; left out where nobody can be asked. */
    findStart?(input: { start: string; startedAt: Date }): Promise<ProviderState | undefined>;
    fetch(providerReference: string): Promise<ProviderState>;
    capture(input: { key: string; providerReference: string; amount: Money }): Promise<ProviderState>;
    cancel(input: { key: string; providerReference: string }): Promise<ProviderState>;
    refund(input: {
      key: string;
      providerReference: string;
      amount: Money;
      reason: string;
    }): Promise<{ reference: string; state: 'done' | 'pending' | 'failed' }>;
    /** Whether a refund of this key happened, and how it stands; asked after a crash, and while it is `pending`. */
    findRefund(input: {
      key: string;
      providerReference: string;
    }): Promise<{ reference: string; state?: 'done' | 'pending' | 'failed' } | undefined>;
    /** For the dashboard: whether it can be reached with the settings as they are. */
    test(): Promise<Result<undefined, 'notConfigured' | 'unreachable' | 'rejected'>>;
  }

  interface Payments {
    methods(context: { currency: string; country?: string; locale: string }): Promise<PaymentMethod[]>;
    /**
     * Starts a payment, or gives back the open one of the same reference, method and amount. Another amount or method
     * cancels the open one first. Not inside a transaction.
     *
     * @returns the payment and what the browser does next
     */
    start(input: {
      reference: string;
      method: string;
      amount: Money;
      email: string | null;
      returnUrl: string;
      locale: string;
      details?: Readonly<Record<string, string>>;
    }): Promise<
      Result<{ payment: Payment; next: PaymentStep }, 'unknownMethod' | 'declined' | 'providerDown'>
    >;
    find(id: Id): Promise<Payment | undefined>;
    /**
     * The payment that a provider's event is about. One whose start was never answered is known by the `start` of its
     * metadata, and takes the reference over.
     */
    resolve(input: {
      provider: string;
      providerReference: string;
      start?: string;
    }): Promise<Payment | undefined>;
    /** The newest of a reference. One query. */
    ofReference(reference: string): Promise<Payment | undefined>;
    /** Locks the payment's row in the caller's transaction and gives it as it is. */
    lock(id: Id): Promise<Payment | undefined>;
    /** Asks the provider and applies what it says; a wrong amount, currency or test flag never makes it authorised. Not inside a transaction. */
    refresh(id: Id): Promise<Result<Payment, 'providerDown' | 'notFound'>>;
    /** In the caller's transaction: names the order it pays and sends the job that captures what is authorised only. */
    settle(id: Id, orderId: Id): Promise<void>;
    /** In the caller's transaction: lets an authorisation go, or gives all money back, after the commit, once. */
    giveBack(id: Id, reason: string): Promise<void>;
    /**
     * In the caller's transaction: notes a refund and sends the job that makes it.
     *
     * @param key - natural key, e.g. `order:12:refund:3`
     * @returns `tooMuch` with what is left
     */
    refund(input: {
      paymentId: Id;
      key: string;
      amount: Money;
      reason: string;
    }): Promise<Result<{ refundId: Id }, 'notFound' | 'tooMuch' | 'notCaptured'>>;
    /** "Mark as paid" of what is `waiting`. In the caller's transaction. */
    markPaid(id: Id, by: string): Promise<Result<Payment, 'notFound' | 'notWaiting'>>;
  }

  interface Services {
    payments: Payments;
  }
  interface Jobs {
    'payments.capture': { paymentId: Id };
    'payments.refund': { refundId: Id };
    'payments.give-back': { paymentId: Id };
    'payments.reconcile': { paymentId: Id; round: number };
  }
  interface Points {
    paymentProviders: PaymentProvider;
  }
  interface Events {
    /** Money is sure, or a later one may be ordered on: whoever owns the reference goes on. */
    'payment.authorised': { paymentId: Id; reference: string };
    'payment.captured': {
      paymentId: Id;
      reference: string;
      orderId: Id | null;
      amount: number;
      currency: string;
    };
    'payment.failed': { paymentId: Id; reference: string };
    'payment.refunded': {
      paymentId: Id;
      refundId: Id;
      key: string;
      orderId: Id | null;
      amount: number;
      currency: string;
    };
    'payment.refund_failed': { paymentId: Id; refundId: Id; key: string; orderId: Id | null };
  }
}
