import { actorName, type Cradle, type Id, type Refund } from 'kontor/sdk';
import { REFUND_COLUMNS, type RefundRow, toRefund } from '../models/refund.ts';
import { changeOrder } from './change-order.ts';
import type { LockedOrder } from './lock-order.ts';
import { openUnits } from './open-units.ts';
import type { RefundShares } from './refund-shares.ts';
import { writeTimeline } from './write-timeline.ts';

const WRITE = `with given_back as (
    update orders.lines l set refunded_quantity = l.refunded_quantity + x.quantity, refunded_tax = l.refunded_tax + x.tax,
      refunded_amount = l.refunded_amount + x.amount
    from jsonb_to_recordset($8::jsonb) as x("lineId" bigint, quantity bigint, amount bigint, tax bigint)
    where l.store_id = $1 and l.order_id = $2 and l.id = x."lineId" returning l.id)
  insert into orders.refunds (store_id, order_id, key, state, amount, tax_amount, shipping_amount, shipping_tax_amount, lines,
    reason, is_restocked, made_by, made_at)
  values ($1, $2, $3, 'pending', $4, $5, $6, $7, $8, $9, $10, $11, $12) returning ${REFUND_COLUMNS}`;

/** Writes a refund of a locked order, as pending, with its shares and what it means for lines and order. */
export async function writeRefund(
  order: LockedOrder,
  refund: {
    key: string;
    shares: RefundShares;
    /** Units that will not ship any more. */
    dropped: readonly { lineId: Id; quantity: number }[];
    reason: string;
    restock: boolean;
  },
  services: Pick<Cradle, 'clock' | 'database' | 'stores'>,
): Promise<Refund> {
  const { clock, database, stores } = services;
  const { shares } = refund;
  const [row] = await database.query<RefundRow>(WRITE, [
    ...[stores.current().id, order.id, refund.key, shares.amount, shares.tax],
    ...[shares.shipping.amount, shares.shipping.tax, JSON.stringify(shares.lines)],
    ...[refund.reason, refund.restock, actorName(stores.actor()), clock.now()],
  ]);
  await drop(order.id, refund.dropped, services);
  await changeOrder(
    order.id,
    {
      refunded_amount: order.refundedAmount + shares.amount,
      refunded_shipping: order.refundedShipping.amount + shares.shipping.amount,
      refunded_shipping_tax: order.refundedShipping.tax + shares.shipping.tax,
      refund_count: order.refundCount + 1,
      state: isAllShipped(order, refund.dropped) ? 'shipped' : order.state,
    },
    services,
  );
  const details = { refundId: row!.id, amount: shares.amount, reason: refund.reason };
  await writeTimeline({ orderId: order.id, kind: 'refund_asked', details }, services);
  return toRefund(row!);
}

async function drop(
  orderId: Id,
  dropped: readonly { lineId: Id; quantity: number }[],
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
): Promise<void> {
  if (dropped.length === 0) return;
  await database.query(
    `update orders.lines l set dropped_quantity = l.dropped_quantity + x.quantity
     from jsonb_to_recordset($3::jsonb) as x("lineId" bigint, quantity bigint)
     where l.store_id = $1 and l.order_id = $2 and l.id = x."lineId"`,
    [stores.current().id, orderId, JSON.stringify(dropped)],
  );
}

/** Part had shipped, and the rest never will. */
function isAllShipped(order: LockedOrder, dropped: readonly { quantity: number }[]): boolean {
  const open = order.lines.reduce((sum, line) => sum + openUnits(line), 0);
  const gone = dropped.reduce((sum, { quantity }) => sum + quantity, 0);
  return order.state === 'partially_shipped' && open === gone;
}
