import { type Cradle, type Id, ok, type PaymentProvider, refused, type Result } from 'kontor/sdk';
import { findStart } from '../services/find-start.ts';
import { providerOf } from '../services/providers.ts';
import type { Row } from '../services/row.ts';
import { pendingRefunds, readPayment } from '../services/rows.ts';
import { applyState } from './apply-state.ts';
import { finishRefund } from './finish-refund.ts';

/** Asks the provider how a payment and its refunds stand now, and takes that over. */
export async function refreshPayment(
  services: Cradle,
  id: Id,
): Promise<Result<Row, 'providerDown' | 'notFound'>> {
  const row = await readPayment(services, id);
  if (!row) return refused('notFound');
  try {
    const provider = providerOf(services, row);
    const said =
      row.providerReference && row.providerReference !== row.startToken
        ? await provider.fetch(row.providerReference)
        : await findStart(provider, row);
    if (!said) return ok(row);
    const after = await applyState(services, id, said);
    return ok((await askAboutRefunds(services, after, provider)) ?? after);
  } catch (error) {
    services.log.warn({ err: error, payment: id, provider: row.provider }, 'a provider could not be asked');
    return refused('providerDown', { provider: row.provider });
  }
}

/** Some refunds take days; the provider knows how they ended. */
async function askAboutRefunds(services: Cradle, row: Row, provider: PaymentProvider) {
  if (row.capturedAmount === 0) return undefined;
  let after: Row | undefined;
  for (const refund of await pendingRefunds(services, row.id)) {
    const key = `${refund.providerKey}:${refund.attempts}`;
    const found = await provider.findRefund({ key, providerReference: row.providerReference! });
    if (found?.state && found.state !== 'pending')
      after = await finishRefund(services, refund, { reference: found.reference, state: found.state });
  }
  return after;
}
