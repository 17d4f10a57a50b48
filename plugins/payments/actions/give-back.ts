import type { Cradle, Id } from 'kontor/sdk';

/**
 * In the caller's transaction: notes that a payment is to go back, and sends the job that does it. Its reference is free
 * for another one at once.
 */
export async function requestGiveBack(
  { database, jobs, stores }: Cradle,
  id: Id,
  reason: string,
): Promise<void> {
  const asked = await database.query(
    `update payments.payments set give_back_reason = coalesce(give_back_reason, $3), is_open = false
     where store_id = $1 and id = $2 returning id`,
    [stores.current().id, id, reason],
  );
  if (asked.length > 0) await jobs.send('payments.give-back', { paymentId: id }, { key: String(id) });
}
