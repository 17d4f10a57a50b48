import type { Cradle, Id } from 'kontor/sdk';
import type { Entry } from './decide.ts';
import { COLUMNS, REFUND_COLUMNS, type RefundRow, type Row } from './row.ts';

type Needs = Pick<Cradle, 'clock' | 'database' | 'stores'>;

export async function readPayment({ database, stores }: Needs, id: Id): Promise<Row | undefined> {
  const sql = `select ${COLUMNS} from payments.payments where store_id = $1 and id = $2`;
  return (await database.read<Row>('payment', sql, [stores.current().id, id]))[0];
}

export async function lockPayment({ database, stores }: Needs, id: Id): Promise<Row | undefined> {
  const sql = `select ${COLUMNS} from payments.payments where store_id = $1 and id = $2 for update`;
  return (await database.read<Row>('lock', sql, [stores.current().id, id]))[0];
}

export async function readRefund({ database, stores }: Needs, id: Id): Promise<RefundRow | undefined> {
  const sql = `select ${REFUND_COLUMNS} from payments.refunds where store_id = $1 and id = $2`;
  return (await database.query<RefundRow>(sql, [stores.current().id, id]))[0];
}

export function pendingRefunds({ database, stores }: Needs, paymentId: Id): Promise<RefundRow[]> {
  return database.query<RefundRow>(
    `select ${REFUND_COLUMNS} from payments.refunds
     where store_id = $1 and payment_id = $2 and state = 'pending' order by id`,
    [stores.current().id, paymentId],
  );
}

/** What may still be refunded; refunds that wait for the provider are taken off already. */
export async function leftToRefund({ database, stores }: Needs, row: Row): Promise<number> {
  const [sum] = await database.query<{ taken: number }>(
    `select coalesce(sum(amount), 0)::bigint as taken from payments.refunds
     where store_id = $1 and payment_id = $2 and state <> 'failed'`,
    [stores.current().id, row.id],
  );
  return row.capturedAmount - sum!.taken;
}

/** Writes lines of the ledger. They are never changed. */
export async function writeEntries(
  { clock, database, stores }: Needs,
  payment: Pick<Row, 'id' | 'currency' | 'providerReference'>,
  entries: readonly (Entry & { providerReference?: string | null })[],
): Promise<void> {
  if (entries.length === 0) return;
  await database.query(
    `insert into payments.transactions
       (store_id, payment_id, kind, outcome, amount, currency, provider_reference, message, at)
     select $1, $2, kind, outcome, amount, $3, provider_reference, message, $4
     from jsonb_to_recordset($5::jsonb)
       as entry (kind text, outcome text, amount bigint, provider_reference text, message text)`,
    [
      stores.current().id,
      payment.id,
      payment.currency,
      clock.now(),
      JSON.stringify(
        entries.map((entry) => ({
          ...entry,
          provider_reference: entry.providerReference ?? payment.providerReference,
        })),
      ),
    ],
  );
}
