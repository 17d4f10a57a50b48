declare module 'kontor/sdk' {
  interface Jobs {
    /** The test gateway's webhook: a step was taken on its page. */
    'payments-manual.tell': { provider: string; providerReference: string };
  }
}

export {};
