declare module 'kontor/sdk' {
  interface Jobs {
    /** Something has happened to a payment at Stripe; it is asked what. */
    'payments-stripe.take-in': { intent: string };
  }
}

export {};
