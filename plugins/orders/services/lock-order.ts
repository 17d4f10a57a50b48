import type { Cradle, Id, Order, OrderLine } from 'kontor/sdk';
import { LINES, ORDER_COLUMNS, type OrderRow, toOrder } from '../models/order.ts';

/** An order that nobody else changes until the transaction ends, with what only this plugin knows of it. */
export type LockedOrder = Order & {
  readonly stockReference: string;
  readonly refundCount: number;
  /** Of shipping, tax included, and the tax within. */
  readonly refundedShipping: { readonly amount: number; readonly tax: number };
  readonly changedAt: Date;
  readonly changedBy: string;
};

type Row = OrderRow & {
  lines: OrderLine[];
  stock_reference: string;
  refund_count: number;
  refunded_shipping: number;
  refunded_shipping_tax: number;
  changed_at: Date;
  changed_by: string;
};

const MORE =
  'o.stock_reference, o.refund_count, o.refunded_shipping, o.refunded_shipping_tax, o.changed_at, o.changed_by';
// The row first, its lines by a statement of its own: a statement that waited for the row sees lines as they were before.
const LOCK = 'select id from orders.orders where store_id = $1 and ';
const READ = `select ${ORDER_COLUMNS}, ${MORE}, ${LINES} as lines from orders.orders o where o.store_id = $1 and o.id = $2`;

/** Locks an order in the open transaction. */
export async function lockOrder(
  by: { id: Id } | { paymentId: Id },
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
): Promise<LockedOrder | undefined> {
  const store = stores.current().id;
  const [where, value] = 'id' in by ? ['id = $2', by.id] : ['payment_id = $2', by.paymentId];
  const [known] = await database.query<{ id: Id }>(`${LOCK}${where} for update`, [store, value]);
  if (!known) return undefined;
  const [row] = await database.query<Row>(READ, [store, known.id]);
  return (
    row && {
      ...toOrder(row),
      stockReference: row.stock_reference,
      refundCount: row.refund_count,
      refundedShipping: { amount: row.refunded_shipping, tax: row.refunded_shipping_tax },
      changedAt: row.changed_at,
      changedBy: row.changed_by,
    }
  );
}
