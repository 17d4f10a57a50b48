import { hash } from 'node:crypto';
import {
  type Cradle,
  ok,
  type PaymentMethod,
  type PaymentProvider,
  type Payments,
  type PaymentStep,
  type ProviderState,
  refused,
} from 'kontor/sdk';
import { callOrFind } from '../services/call-or-find.ts';
import { isSure } from '../services/decide.ts';
import { findStart } from '../services/find-start.ts';
import { lookAgain } from '../services/look-again.ts';
import { nextAttempt } from '../services/next-attempt.ts';
import { offeredMethods, providerOf } from '../services/providers.ts';
import { COLUMNS, type Row, shown } from '../services/row.ts';
import { applyState } from './apply-state.ts';
import { requestGiveBack } from './give-back.ts';

type Input = Parameters<Payments['start']>[0];
/** What is sent to the provider, kept until it is answered so that it can be sent again just the same. */
type Kept = Pick<Input, 'email' | 'returnUrl' | 'locale'> & { details: Readonly<Record<string, string>> };

const NOTHING: PaymentStep = { kind: 'none' };

/** See `Payments.start`. */
export async function startPayment(services: Cradle, input: Input): ReturnType<Payments['start']> {
  const { log } = services;
  const offered = await offeredMethods(services, { currency: input.amount.currency, locale: input.locale });
  const method = offered.find(({ code }) => code === input.method);
  if (!method) return refused('unknownMethod', { method: input.method });
  const row = await open(services, input, method);
  if (isSure(row.state)) return ok({ payment: shown(row), next: NOTHING });
  const provider = providerOf(services, row);
  let said: ProviderState;
  try {
    said = row.providerReference
      ? await provider.fetch(row.providerReference)
      : await callStart(services, row, provider);
  } catch (error) {
    log.warn({ err: error, payment: row.id, provider: row.provider }, 'a payment could not be started');
    return refused('providerDown', { provider: provider.title });
  }
  const after = await applyState(services, row.id, said);
  if (after.state === 'failed' || after.state === 'cancelled')
    return refused('declined', { message: after.error });
  const next = after.state === 'started' ? said.next : undefined;
  return ok({ payment: shown(after), next: next ?? NOTHING });
}

/** The open payment of this reference if it is the same; otherwise a new one in its place. */
async function open(services: Cradle, input: Input, method: PaymentMethod): Promise<Row> {
  const inputHash = hashOf(input);
  for (;;) {
    const row = await services.database.transaction(async () => {
      const held = await lockOpen(services, input.reference);
      // What an order stands on stays, whatever another tab asks for a moment later.
      if (held && (held.orderId !== null || isSame(held, input, inputHash))) return held;
      if (held) await requestGiveBack(services, held.id, 'the buyer chose another way, or another amount');
      return insert(services, input, method, inputHash);
    });
    // Two tabs at once: the other one was first, so look again.
    if (row) return row;
  }
}

async function lockOpen({ database, stores }: Cradle, reference: string): Promise<Row | undefined> {
  const [held] = await database.query<Row>(
    `select ${COLUMNS} from payments.payments where store_id = $1 and reference = $2 and is_open for update`,
    [stores.current().id, reference],
  );
  return held;
}

/** Another card is another payment, unless the money is sure already. */
function isSame(held: Row, { amount, method }: Input, inputHash: string): boolean {
  const isSameSum = held.amount === amount.amount && held.currency === amount.currency;
  return isSameSum && held.method === method && (isSure(held.state) || held.inputHash === inputHash);
}

async function insert(
  services: Cradle,
  input: Input,
  method: PaymentMethod,
  inputHash: string,
): Promise<Row | undefined> {
  const { clock, database, random, secrets, stores } = services;
  const { amount, reference, email, returnUrl, locale, details = {} } = input;
  const kept: Kept = { email, returnUrl, locale, details };
  const [row] = await database.query<Row>(
    `insert into payments.payments (store_id, provider, method, reference, is_later, is_test, amount, currency,
       start_token, start_input, input_hash, created_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
     on conflict (store_id, reference) where is_open do nothing returning ${COLUMNS}`,
    [
      ...[stores.current().id, method.provider, method.code, reference, method.isLater, method.isTest],
      ...[
        amount.amount,
        amount.currency,
        random.uuid(),
        secrets.seal(JSON.stringify(kept)),
        inputHash,
        clock.now(),
      ],
    ],
  );
  if (row) await lookAgain(services, { paymentId: row.id, round: 1 });
  return row;
}

/** Calls with what was kept, so that a second try under the same key is the same call. */
async function callStart(services: Cradle, row: Row, provider: PaymentProvider): Promise<ProviderState> {
  const { secrets, stores } = services;
  const { id: storeId } = stores.current();
  // There for as long as there is no reference of the provider.
  const kept = JSON.parse(secrets.open(row.startInput!)) as Kept;
  return callOrFind({
    call: () =>
      provider.start({
        ...kept,
        key: `${row.startToken}:${row.attempts}`,
        method: row.method,
        amount: { amount: row.amount, currency: row.currency },
        reference: row.reference,
        capture: 'manual',
        metadata: {
          payment: String(row.id),
          store: String(storeId),
          reference: row.reference,
          start: row.startToken,
        },
      }),
    find: () => findStart(provider, row),
    again: () => nextAttempt(services, row),
  });
}

function hashOf({ amount, method, details = {} }: Input): string {
  const sorted = Object.entries(details).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return hash('sha256', JSON.stringify([method, amount.amount, amount.currency, sorted]));
}
