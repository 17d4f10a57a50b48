import type { Cradle } from 'kontor/sdk';
import type { RefundRow, Row } from './row.ts';

type Needs = Pick<Cradle, 'database' | 'stores'>;

/** Lets the next call about a payment have another key; of several that ask for it at once, one counts. */
export async function nextAttempt({ database, stores }: Needs, row: Row): Promise<void> {
  await database.query(
    'update payments.payments set attempts = attempts + 1 where store_id = $1 and id = $2 and attempts = $3',
    [stores.current().id, row.id, row.attempts],
  );
}

/** The same for a refund. */
export async function nextRefundAttempt({ database, stores }: Needs, refund: RefundRow): Promise<void> {
  await database.query(
    'update payments.refunds set attempts = attempts + 1 where store_id = $1 and id = $2 and attempts = $3',
    [stores.current().id, refund.id, refund.attempts],
  );
}
