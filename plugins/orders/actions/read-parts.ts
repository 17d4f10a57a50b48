import type { Cradle, Fulfilment, Id, Refund } from 'kontor/sdk';
import { FULFILMENT_COLUMNS, type FulfilmentRow, toFulfilment } from '../models/fulfilment.ts';
import { REFUND_COLUMNS, type RefundRow, toRefund } from '../models/refund.ts';

type Needs = Pick<Cradle, 'database' | 'stores'>;

/** What was sent of an order, in order. */
export async function readFulfilments(id: Id, { database, stores }: Needs): Promise<Fulfilment[]> {
  const rows = await database.query<FulfilmentRow>(
    `select ${FULFILMENT_COLUMNS} from orders.fulfilments where store_id = $1 and order_id = $2 order by id`,
    [stores.current().id, id],
  );
  return rows.map(toFulfilment);
}

/** What was given back of an order, in order. */
export async function readRefunds(id: Id, { database, stores }: Needs): Promise<Refund[]> {
  const rows = await database.query<RefundRow>(
    `select ${REFUND_COLUMNS} from orders.refunds where store_id = $1 and order_id = $2 order by id`,
    [stores.current().id, id],
  );
  return rows.map(toRefund);
}
