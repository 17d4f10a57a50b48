import {
  type Cradle,
  type Id,
  ok,
  type Order,
  refused,
  type Refused,
  type Result,
  type TotalsInput,
} from 'kontor/sdk';
import { changeOrder } from '../services/change-order.ts';
import { changedFrom } from '../services/changed-from.ts';
import { type LockedOrder, lockOrder } from '../services/lock-order.ts';
import { openUnits } from '../services/open-units.ts';
import { PAID_STATES } from '../models/states.ts';
import { stockOf } from '../services/stock-of.ts';
import { writeTimeline } from '../services/write-timeline.ts';
import { findOrder } from './find-order.ts';
import { refundLocked } from './refund-order.ts';

type Change = {
  version?: number;
  lines: readonly { lineId: Id; quantity: number }[];
  notify?: boolean;
};
type Refusal = 'notFound' | 'changed' | 'shipped' | 'tooMany' | 'nothingLeft' | 'notPaid';
type Less = { lineId: Id; quantity: number };

/** Takes units off an order that has not shipped them. */
export async function changeLines(id: Id, change: Change, services: Cradle): Promise<Result<Order, Refusal>> {
  return services.database.transaction(async () => {
    const order = await lockOrder({ id }, services);
    if (!order) return refused('notFound');
    const changed = changedFrom(order, change.version);
    if (changed) return changed;
    const less = unitsLess(order, change.lines);
    if (!less.ok) return less;
    const refusal = PAID_STATES.includes(order.paymentState)
      ? await giveBack(order, { less: less.value, notify: change.notify ?? true }, services)
      : await workOutAnew(order, less.value, services);
    return refusal ?? ok((await findOrder({ id }, services))!);
  });
}

/** How many units each line loses. */
function unitsLess(
  order: LockedOrder,
  lines: Change['lines'],
): Result<Less[], 'shipped' | 'tooMany' | 'nothingLeft'> {
  if (!['pending', 'processing', 'partially_shipped'].includes(order.state))
    return refused('shipped', { state: order.state });
  const less: Less[] = [];
  // Named twice, a line would lose its units once and its stock twice: the last word counts.
  for (const [lineId, quantity] of new Map(lines.map((line) => [line.lineId, line.quantity]))) {
    const line = order.lines.find(({ id }) => id === lineId);
    const now = line ? line.quantity - line.droppedQuantity : 0;
    if (!line || quantity > now) return refused('tooMany', { lineId, left: now });
    if (quantity < line.shippedQuantity) return refused('shipped', { lineId, shipped: line.shippedQuantity });
    if (quantity < now) less.push({ lineId, quantity: now - quantity });
  }
  const open = order.lines.reduce((sum, line) => sum + openUnits(line) + line.shippedQuantity, 0);
  const gone = less.reduce((sum, { quantity }) => sum + quantity, 0);
  return open === gone ? refused('nothingLeft') : ok(less);
}

async function giveBack(
  order: LockedOrder,
  { less, notify }: { less: Less[]; notify: boolean },
  services: Cradle,
): Promise<Refused<'notPaid'> | undefined> {
  if (less.length === 0) return undefined;
  // `restock` lets a line go that cost nothing; none of these units has left the house.
  const wish = { lines: less, reason: 'changed', restock: true, notify };
  const refunded = await refundLocked(order, wish, services);
  if (refunded.ok) return undefined;
  return refused('notPaid', { ...refunded.details });
}

/** Nothing was paid, and nobody waits for an amount: the order becomes what it would have been. */
async function workOutAnew(
  order: LockedOrder,
  less: Less[],
  services: Cradle,
): Promise<Refused<'notPaid'> | undefined> {
  const { database, stores, totals } = services;
  const { inventory }: Partial<Cradle> = services;
  if (order.paymentId !== null) return refused('notPaid', { paymentState: order.paymentState });
  if (less.length === 0) return undefined;
  const store = stores.current().id;
  const [row] = await database.query<{ totals_input: TotalsInput }>(
    'select totals_input from orders.orders where store_id = $1 and id = $2',
    [store, order.id],
  );
  const input = inputWithout(row!.totals_input, { order, less });
  const computed = totals.calculate(input);
  await database.query(
    `with fewer as (
       update orders.lines l set quantity = l.quantity - x.quantity
       from jsonb_to_recordset($3::jsonb) as x("lineId" bigint, quantity bigint)
       where l.store_id = $1 and l.order_id = $2 and l.id = x."lineId" and l.quantity > x.quantity returning l.id),
     gone as (
       delete from orders.lines l using jsonb_to_recordset($3::jsonb) as x("lineId" bigint, quantity bigint)
       where l.store_id = $1 and l.order_id = $2 and l.id = x."lineId" and l.quantity = x.quantity returning l.id)
     update orders.orders set totals_input = $4, totals = $5, total_amount = $6 where store_id = $1 and id = $2`,
    [store, order.id, JSON.stringify(less), JSON.stringify(input), JSON.stringify(computed), computed.total],
  );
  const stock = stockOf(order, less);
  if (stock.length > 0) await inventory?.release(order.stockReference, stock);
  await changeOrder(order.id, {}, services);
  await writeTimeline({ orderId: order.id, kind: 'lines_changed', details: { less } }, services);
  return undefined;
}

function inputWithout(
  input: TotalsInput,
  { order, less }: { order: LockedOrder; less: Less[] },
): TotalsInput {
  const gone = new Map(
    less.map(({ lineId, quantity }) => [order.lines.find(({ id }) => id === lineId)!.key, quantity]),
  );
  const lines = input.lines
    .map((line) => ({ ...line, quantity: line.quantity - (gone.get(line.key) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
  const keys = lines.map(({ key }) => key);
  const discounts = input.discounts
    .map((discount) =>
      discount.lines ? { ...discount, lines: discount.lines.filter((key) => keys.includes(key)) } : discount,
    )
    .filter((discount) => discount.lines?.length !== 0);
  return { ...input, lines, discounts };
}
