import { type Cradle, ok, type Id, type Order, type Orders, refused, type Result } from 'kontor/sdk';
import { nameOf, searchTextOf } from '../models/order.ts';
import { changeOrder } from '../services/change-order.ts';
import { changedFrom } from '../services/changed-from.ts';
import { type LockedOrder, lockOrder } from '../services/lock-order.ts';
import { writeTimeline } from '../services/write-timeline.ts';
import { findOrder } from './find-order.ts';

type Change = Parameters<Orders['edit']>[1];
type Refusal = 'notFound' | 'changed' | 'shipped' | 'otherCountry' | 'badAddress';

/** Corrects whom an order goes to, while it is in the house. */
export async function editOrder(id: Id, change: Change, services: Cradle): Promise<Result<Order, Refusal>> {
  return services.database.transaction(async () => {
    const order = await lockOrder({ id }, services);
    if (!order) return refused('notFound');
    const refusal = changedFrom(order, change.version) ?? faultOf(order, change, services);
    if (refusal) return refusal;
    const next = {
      number: order.number,
      email: (change.email ?? order.email).trim().toLowerCase(),
      shipTo: change.shipTo ?? order.shipTo,
      billTo: change.billTo ?? order.billTo,
    };
    await changeOrder(
      id,
      {
        email: next.email,
        name: nameOf(next.billTo ?? next.shipTo),
        search_text: searchTextOf(next),
        ship_to: next.shipTo && JSON.stringify(next.shipTo),
        bill_to: next.billTo && JSON.stringify(next.billTo),
        note: change.note ?? order.note,
      },
      services,
    );
    const { version: _, ...fields } = change;
    const details = { before: pick(order, fields), after: fields };
    await writeTimeline({ orderId: id, kind: 'edited', details }, services);
    return ok((await findOrder({ id }, services))!);
  });
}

function faultOf(order: LockedOrder, change: Change, { customerBook }: Partial<Cradle>) {
  if (order.state !== 'pending' && order.state !== 'processing')
    return refused('shipped', { state: order.state });
  const { shipTo, billTo } = change;
  if (shipTo && order.shipTo && shipTo.country !== order.shipTo.country)
    return refused('otherCountry', { country: order.shipTo.country });
  for (const [field, address] of Object.entries({ shipTo, billTo })) {
    const faults = address && customerBook?.addressFaults(address);
    if (faults && Object.keys(faults).length > 0) return refused('badAddress', { field, faults });
  }
  return undefined;
}

function pick(order: LockedOrder, fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, order[name as keyof LockedOrder]]));
}
