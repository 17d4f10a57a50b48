import type { Cradle, DeliveredEvent, Events, Id } from 'kontor/sdk';
import { placeProducts } from '../services/collection-members.ts';

/** Collections with a rule about stock follow what is available. Doing it twice changes nothing. */
export async function placeByStock(
  { payload }: DeliveredEvent<Events['inventory.changed']>,
  services: Cradle,
): Promise<void> {
  const { database, stores } = services;
  const storeId = stores.current().id;
  await database.transaction(async () => {
    // Locked, so that nobody saves one of them meanwhile with what it had before.
    const rows = await database.query<{ id: Id }>(
      `select id from catalog.products where store_id = $1 and id in (
         select product_id from catalog.variants where store_id = $1 and id = any($2)) order by id for share`,
      [storeId, payload.variantIds],
    );
    if (rows.length > 0)
      await placeProducts(
        services,
        rows.map(({ id }) => id),
        { onlyStock: true },
      );
  });
}
