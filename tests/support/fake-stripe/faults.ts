/** What goes wrong at an endpoint, once unless `times` says otherwise. `after` the money has moved, or `before`. */
export type Fault =
  | { readonly kind: 'error'; readonly when: 'before' | 'after'; readonly times?: number }
  | { readonly kind: 'rateLimit'; readonly retryAfter: number; readonly times?: number }
  /** Takes the request and never answers; the client's time runs out. */
  | { readonly kind: 'hang'; readonly when: 'before' | 'after'; readonly times?: number }
  /** Half an answer, then the connection breaks. */
  | { readonly kind: 'cut'; readonly when: 'before' | 'after'; readonly times?: number }
  /** A wrong answer: another amount, the wrong mode. The ledger stays right. */
  | {
      readonly kind: 'lie';
      readonly alter: (object: Record<string, unknown>) => Record<string, unknown>;
      readonly times?: number;
    };

/** Faults by endpoint, e.g. `POST /v1/payment_intents/:id/capture`, in the order they were scripted. */
export function createFaults() {
  const scripted = new Map<string, { fault: Fault; left: number }[]>();

  return {
    script(endpoint: string, fault: Fault): void {
      const list = scripted.get(endpoint) ?? [];
      scripted.set(endpoint, [...list, { fault, left: fault.times ?? 1 }]);
    },
    take(endpoint: string): Fault | undefined {
      const next = scripted.get(endpoint)?.find(({ left }) => left > 0);
      if (next) next.left -= 1;
      return next?.fault;
    },
    clear(): void {
      scripted.clear();
    },
  };
}
