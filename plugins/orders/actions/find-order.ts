import type { Cradle, Order, OrderLine } from 'kontor/sdk';
import { LINES, ORDER_COLUMNS, type OrderRow, toOrder } from '../models/order.ts';

const READ = `select ${ORDER_COLUMNS}, ${LINES} as lines from orders.orders o where o.store_id = $1`;

/** Finds one order with its lines, in one statement. */
export async function findOrder(
  by: { id: number } | { token: string } | { cartId: number },
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
): Promise<Order | undefined> {
  const [column, value] =
    'id' in by
      ? (['id', by.id] as const)
      : 'token' in by
        ? (['token', by.token] as const)
        : (['cart_id', by.cartId] as const);
  const [row] = await database.read<OrderRow & { lines: OrderLine[] }>(
    `by-${column}`,
    `${READ} and o.${column} = $2`,
    [stores.current().id, value],
  );
  return row && toOrder(row);
}
