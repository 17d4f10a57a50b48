import type { Cradle, Id } from 'kontor/sdk';
import { placePiece, type RuledCollection } from '../services/collection-members.ts';

/** Products looked at in one transaction. */
export const PIECE = 500;

/** Fills a collection by its rules: the first 500 products at once, in the caller's transaction, the rest by a job. */
export async function fillCollection(services: Cradle, collection: RuledCollection): Promise<void> {
  const { database, jobs, stores } = services;
  if (collection.rules.length === 0) {
    await database.query(
      'delete from catalog.collection_products where store_id = $1 and collection_id = $2 and not is_manual',
      [stores.current().id, collection.id],
    );
    return;
  }
  const { last, isFull } = await placePiece(services, { collection, after: 0, size: PIECE });
  if (isFull)
    await jobs.send(
      'catalog.fill-collection',
      { collectionId: collection.id, after: last },
      { key: `collection:${collection.id}` },
    );
}

/** The next piece of a collection, by the rules it has now. @returns undefined when all is done */
export async function fillNext(
  services: Cradle,
  { collectionId, after }: { collectionId: Id; after: Id },
): Promise<{ last: Id; count: number } | undefined> {
  const { database, events, stores } = services;
  return database.transaction(async () => {
    const [collection] = await database.query<RuledCollection>(
      'select id, rules, match from catalog.collections where store_id = $1 and id = $2 and is_ruled for share',
      [stores.current().id, collectionId],
    );
    if (!collection) return undefined;
    const { last, count, isFull } = await placePiece(services, { collection, after, size: PIECE });
    if (isFull) return { last, count };
    await events.emit('catalog.collection_saved', { collectionId }, { entity: `collection:${collectionId}` });
    return undefined;
  });
}
