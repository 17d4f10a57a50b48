import type { Cradle, Id } from 'kontor/sdk';

/** Gives collections a picture as it is now; one that is gone leaves them. Their versions stay: nobody has edited them. */
export async function copyToCollections(services: Cradle, mediaId: Id): Promise<void> {
  const { database, events, stores } = services;
  const [picture] = (await services.media?.pictures([mediaId])) ?? [];
  await database.transaction(async () => {
    const rows = await database.query<{ id: Id }>(
      `update catalog.collections set picture = $3::jsonb
       where store_id = $1 and (picture->>'mediaId')::bigint = $2 and picture is distinct from $3::jsonb returning id`,
      [stores.current().id, mediaId, picture ? JSON.stringify(picture) : null],
    );
    for (const { id } of rows)
      await events.emit('catalog.collection_saved', { collectionId: id }, { entity: `collection:${id}` });
  });
}
