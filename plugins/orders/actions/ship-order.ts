import {
  type Cradle,
  type Fulfilment,
  ok,
  type Id,
  type Order,
  type Orders,
  refused,
  type Result,
} from 'kontor/sdk';
import { canBecome } from '../models/states.ts';
import { toFulfilment, type FulfilmentRow, FULFILMENT_COLUMNS } from '../models/fulfilment.ts';
import { changeOrder } from '../services/change-order.ts';
import { lockOrder } from '../services/lock-order.ts';
import { openUnits } from '../services/open-units.ts';
import { stockOf } from '../services/stock-of.ts';
import { writeTimeline } from '../services/write-timeline.ts';

type Shipment = Parameters<Orders['ship']>[1];
type Lines = readonly { lineId: Id; quantity: number }[];

const SURE: readonly Order['paymentState'][] = ['authorised', 'paid', 'partially_refunded'];
const WRITE = `with shipped as (
    update orders.lines l set shipped_quantity = l.shipped_quantity + x.quantity
    from jsonb_to_recordset($3::jsonb) as x("lineId" bigint, quantity bigint)
    where l.store_id = $1 and l.order_id = $2 and l.id = x."lineId" returning l.id)
  insert into orders.fulfilments (store_id, order_id, lines, carrier, tracking_number, tracking_url, state, shipped_at)
  values ($1, $2, $3, $4, $5, $6, 'shipped', $7) returning ${FULFILMENT_COLUMNS}`;

/** Sends goods out: all that is left, or part of it. Stock that was held leaves the house. */
export async function shipOrder(
  id: Id,
  shipment: Shipment,
  services: Cradle,
): Promise<Result<Fulfilment, 'notFound' | 'notShippable' | 'tooMany' | 'notPaid'>> {
  const { clock, database, events, stores } = services;
  return database.transaction(async () => {
    const order = await lockOrder({ id }, services);
    if (!order) return refused('notFound');
    if (!canBecome(order.state, 'shipped')) return refused('notShippable', { state: order.state });
    if (!SURE.includes(order.paymentState) && !shipment.unpaid)
      return refused('notPaid', { paymentState: order.paymentState });
    const lines = linesOf(order, shipment.lines);
    if (!lines.ok) return lines;

    const isHeld = await letGo(order.stockReference, { order, lines: lines.value }, services);
    const [row] = await database.query<FulfilmentRow>(WRITE, [
      ...[stores.current().id, id, JSON.stringify(lines.value)],
      ...[
        shipment.carrier ?? '',
        shipment.trackingNumber ?? '',
        shipment.trackingUrl ?? '',
        shipment.at ?? clock.now(),
      ],
    ]);
    const fulfilment = toFulfilment(row!);
    await changeOrder(id, { state: stateAfter(order, lines.value) }, services);
    const details = {
      fulfilmentId: fulfilment.id,
      lines: lines.value,
      ...(isHeld ? {} : { stock: 'notHeld' }),
    };
    await writeTimeline({ orderId: id, kind: 'shipped', details, at: shipment.at }, services);
    const payload = { orderId: id, fulfilmentId: fulfilment.id, notify: shipment.notify ?? true };
    await events.emit('order.shipped', payload, { entity: `order:${id}` });
    return ok(fulfilment);
  });
}

/** What is asked for, added up by line, or all that is left. */
function linesOf(order: Order, asked: Lines | undefined): Result<Lines, 'tooMany' | 'notShippable'> {
  const open = order.lines.map((line) => ({ lineId: line.id, quantity: openUnits(line) }));
  if (!asked) {
    const left = open.filter(({ quantity }) => quantity > 0);
    return left.length > 0 ? ok(left) : refused('notShippable', { state: order.state });
  }
  const wanted = new Map<Id, number>();
  for (const { lineId, quantity } of asked) wanted.set(lineId, (wanted.get(lineId) ?? 0) + quantity);
  for (const [lineId, quantity] of wanted) {
    const left = open.find((line) => line.lineId === lineId)?.quantity ?? 0;
    if (quantity > left) return refused('tooMany', { lineId, left });
  }
  return ok([...wanted].map(([lineId, quantity]) => ({ lineId, quantity })));
}

function stateAfter(order: Order, lines: Lines): 'shipped' | 'partially_shipped' {
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const isAll = sum(order.lines.map(openUnits)) === sum(lines.map(({ quantity }) => quantity));
  return isAll ? 'shipped' : 'partially_shipped';
}

/** @returns false when the stock was not held any more; the goods leave all the same, and the timeline says so */
async function letGo(
  reference: string,
  { order, lines }: { order: Order; lines: Lines },
  { inventory }: Partial<Pick<Cradle, 'inventory'>>,
): Promise<boolean> {
  const stock = stockOf(order, lines);
  if (!inventory || stock.length === 0) return true;
  return (await inventory.fulfil(reference, stock)).ok;
}
