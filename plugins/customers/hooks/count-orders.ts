import type { Cradle, DeliveredEvent, Events, Id } from 'kontor/sdk';
import { rememberBuyer } from '../actions/remember-buyer.ts';

/** An order counts for its buyer, once. What is in another currency counts as an order, and not as money. */
export async function countPlaced(
  { payload }: DeliveredEvent<Events['order.placed']>,
  services: Cradle,
): Promise<void> {
  const { database, stores } = services;
  const { id: store, currency } = stores.current();
  await database.transaction(async () => {
    const { email, customerId } = payload;
    const profileId = await rememberBuyer({ email, customerId }, services);
    const counted = await database.query(
      `insert into customers.counted_orders (store_id, order_id, profile_id, amount, placed_at) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning order_id`,
      [
        store,
        payload.orderId,
        profileId,
        payload.currency === currency ? payload.amount : 0,
        payload.placedAt,
      ],
    );
    if (counted.length > 0) await addUp(profileId, services);
  });
}

/** Money that went back does not count. */
export async function countRefunded(
  { id, payload }: DeliveredEvent<Events['order.refunded']>,
  services: Cradle,
): Promise<void> {
  await services.inbox.once('order.refunded', id, () => change(payload, payload.amount, services));
}

/** Money that could not go back counts again. */
export async function countRefundFailed(
  { id, payload }: DeliveredEvent<Events['order.refund_failed']>,
  services: Cradle,
): Promise<void> {
  await services.inbox.once('order.refund_failed', id, () => change(payload, -payload.amount, services));
}

/** An order that was called off counts no more. */
export async function countCancelled(
  { payload }: DeliveredEvent<Events['order.cancelled']>,
  services: Cradle,
): Promise<void> {
  await services.database.transaction(async () => {
    const [counted] = await services.database.query<{ profile_id: Id }>(
      `update customers.counted_orders set is_cancelled = true where store_id = $1 and order_id = $2
       returning profile_id`,
      [services.stores.current().id, payload.orderId],
    );
    if (counted) await addUp(counted.profile_id, services);
  });
}

async function change(
  { orderId, currency }: { orderId: Id; currency: string },
  amount: number,
  services: Cradle,
): Promise<void> {
  const store = services.stores.current();
  if (currency !== store.currency) return;
  const [counted] = await services.database.query<{ profile_id: Id }>(
    `update customers.counted_orders set refunded_amount = refunded_amount + $3 where store_id = $1 and order_id = $2
     returning profile_id`,
    [store.id, orderId, amount],
  );
  if (counted) await addUp(counted.profile_id, services);
}

/** From all that was counted, so that no event can be added twice. The profile's row is locked first. */
async function addUp(profileId: Id, { database, stores }: Cradle): Promise<void> {
  const values = [stores.current().id, profileId];
  await database.query(
    'select id from customers.profiles where store_id = $1 and id = $2 for update',
    values,
  );
  await database.query(
    `update customers.profiles p set order_count = s.orders, spent_amount = s.spent, last_order_at = s.last_at
     from (select count(*) filter (where not is_cancelled) as orders, max(placed_at) as last_at,
         coalesce(sum(amount - refunded_amount) filter (where not is_cancelled), 0)::bigint as spent
       from customers.counted_orders where store_id = $1 and profile_id = $2) s
     where p.store_id = $1 and p.id = $2`,
    values,
  );
}
