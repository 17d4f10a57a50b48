import { type Cradle, ok, type Id, type OrderEvent, refused, type Result } from 'kontor/sdk';
import { lockOrder } from '../services/lock-order.ts';
import { writeTimeline } from '../services/write-timeline.ts';
import { readTimeline } from './read-timeline.ts';

/** Keeps words of the team beside an order. */
export async function writeNote(
  id: Id,
  text: string,
  services: Pick<Cradle, 'clock' | 'database' | 'stores'>,
): Promise<Result<OrderEvent, 'notFound'>> {
  return services.database.transaction(async () => {
    if (!(await lockOrder({ id }, services))) return refused('notFound');
    await writeTimeline({ orderId: id, kind: 'note', details: { text } }, services);
    return ok((await readTimeline(id, services)).at(-1)!);
  });
}
