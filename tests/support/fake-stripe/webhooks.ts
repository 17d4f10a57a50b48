import { createHmac } from 'node:crypto';
import { newId } from './ledger.ts';

export type StripeEvent = {
  readonly id: string;
  readonly object: 'event';
  readonly type: string;
  readonly created: number;
  readonly livemode: boolean;
  readonly api_version: string;
  readonly data: { readonly object: Record<string, unknown> };
};
export type Delivery = { readonly body: string; readonly headers: Readonly<Record<string, string>> };
/** Where events go: an address, or a function for a server that listens nowhere. */
export type Target = {
  readonly secret: string;
  readonly to: string | ((delivery: Delivery) => Promise<{ status: number }>);
};

/** Events in the order they happened. They are delivered when told: at once, late, twice, or in another order. */
export function createWebhooks(options: { now(): number; isLive: boolean }) {
  const waiting: StripeEvent[] = [];
  const sent: { event: StripeEvent; status: number }[] = [];
  let target: Target | undefined;

  async function deliver(event: StripeEvent): Promise<number> {
    if (!target) return 0;
    const delivery = signed(event, target.secret, options.now());
    const status =
      typeof target.to === 'string'
        ? (await fetch(target.to, { method: 'POST', ...delivery })).status
        : (await target.to(delivery)).status;
    sent.push({ event, status });
    return status;
  }

  return {
    /** Events that wait to be delivered. */
    waiting: waiting as readonly StripeEvent[],
    sent: sent as readonly { event: StripeEvent; status: number }[],
    sendTo(where: Target): void {
      target = where;
    },
    note(type: string, object: unknown): void {
      waiting.push({
        id: newId('evt'),
        object: 'event',
        type,
        created: Math.floor(options.now() / 1000),
        livemode: options.isLive,
        api_version: '2026-10-28.endive',
        // As it was at this moment, as Stripe sends it.
        data: { object: structuredClone(object) as Record<string, unknown> },
      });
    },
    deliver,
    /** Delivers all that waits. Each `copies` times; newest first when `reversed`; `alter` makes it lie. */
    async flush({
      copies = 1,
      reversed = false,
      alter = (event: StripeEvent): StripeEvent => event,
    }: {
      copies?: number;
      reversed?: boolean;
      alter?: (event: StripeEvent) => StripeEvent;
    } = {}): Promise<number[]> {
      const events = waiting.splice(0);
      const ordered = reversed ? events.toReversed() : events;
      const statuses: number[] = [];
      for (const event of ordered.flatMap((one) => Array.from({ length: copies }, () => alter(one))))
        statuses.push(await deliver(event));
      return statuses;
    },
    /** Throws away what waits: a webhook that never comes. */
    lose(): number {
      return waiting.splice(0).length;
    },
  };
}

/** An event with the header Stripe signs it by: `t=...,v1=...` over `t.body`. */
export function signed(event: unknown, secret: string, now: number): Delivery {
  const body = JSON.stringify(event);
  const t = Math.floor(now / 1000);
  const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
  return {
    body,
    headers: { 'content-type': 'application/json', 'stripe-signature': `t=${t},v1=${v1}` },
  };
}
