import type { PaymentProvider, ProviderState } from 'kontor/sdk';
import type { Row } from './row.ts';

/** What became of a start whose answer was lost; undefined when the provider knows nothing of it, or cannot tell. */
export async function findStart(provider: PaymentProvider, row: Row): Promise<ProviderState | undefined> {
  return provider.findStart?.({ start: row.startToken, startedAt: row.createdAt });
}

/** How we put it that a provider knows nothing of a payment: no money has moved. */
export function neverStarted(row: Row): ProviderState {
  const nothing = { amount: 0, currency: row.currency };
  return {
    providerReference: row.startToken,
    state: 'cancelled',
    authorised: nothing,
    captured: nothing,
    refunded: nothing,
    isTest: row.isTest,
  };
}
