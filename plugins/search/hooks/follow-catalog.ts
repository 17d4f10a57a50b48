import type { Cradle, DeliveredEvent, Events } from 'kontor/sdk';
import { engineOf } from '../services/search.ts';

/* Each looks at what the catalogue has now, so that twice, late, or in another order ends the same. */

export async function followProduct(
  { payload }: DeliveredEvent<Events['catalog.product_saved']>,
  services: Cradle,
): Promise<void> {
  await fillFirst(services);
  await engineOf(services).index([payload.productId]);
}

export async function followProducts(
  { payload }: DeliveredEvent<Events['catalog.products_saved']>,
  services: Cradle,
): Promise<void> {
  await fillFirst(services);
  await engineOf(services).index(payload.productIds);
}

export async function followRemoved(
  { payload }: DeliveredEvent<Events['catalog.product_removed']>,
  services: Cradle,
): Promise<void> {
  await engineOf(services).remove([payload.productId]);
}

/** A collection may hold many, so that it is a job; one that waits already will see this change too. */
export async function followCollection(
  { payload }: DeliveredEvent<Events['catalog.collection_saved']>,
  { jobs }: Cradle,
): Promise<void> {
  const { collectionId } = payload;
  await jobs.send('search.index-collection', { collectionId }, { key: `collection:${collectionId}` });
}

/** What the catalogue had before this plugin came is indexed once, when the first change is seen. */
export async function fillFirst({ database, jobs, stores }: Cradle): Promise<void> {
  await database.transaction(async () => {
    const rows = await database.query(
      `insert into search.states (store_id, name) values ($1, 'index') on conflict (store_id, name) do nothing returning name`,
      [stores.current().id],
    );
    if (rows.length > 0) await jobs.send('search.reindex', {}, { key: 'reindex' });
  });
}
