import { type Cradle, type Id, ok, type Payments, refused } from 'kontor/sdk';
import { COLUMNS, type Row, shown } from '../services/row.ts';
import { lockPayment, writeEntries } from '../services/rows.ts';

/** See `Payments.markPaid`. What a provider itself waits for is not paid by a word of ours. */
export function markPaid(services: Cradle, id: Id, by: string): ReturnType<Payments['markPaid']> {
  const { clock, database, events, stores } = services;
  return database.transaction(async () => {
    const row = await lockPayment(services, id);
    if (!row) return refused('notFound');
    if (row.state !== 'waiting' || !row.isLater || row.giveBackReason !== null) return refused('notWaiting');
    const [after] = await database.query<Row>(
      `update payments.payments set state = 'captured', captured_amount = amount, changed_at = $3
       where store_id = $1 and id = $2 returning ${COLUMNS}`,
      [stores.current().id, id, clock.now()],
    );
    const { reference, orderId, amount, currency } = after!;
    await writeEntries(services, after!, [{ kind: 'capture', outcome: 'done', amount, message: by }]);
    const payload = { paymentId: id, reference, orderId, amount, currency };
    await events.emit('payment.captured', payload, { entity: `payment:${id}` });
    return ok(shown(after!));
  });
}
