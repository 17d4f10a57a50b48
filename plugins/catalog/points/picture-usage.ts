import type { Cradle, Id, MediaUsage } from 'kontor/sdk';

/** Tells the media library which products and collections show a file. */
export function pictureUsage({ database, stores }: Pick<Cradle, 'database' | 'stores'>): MediaUsage {
  return {
    async usedIn(mediaIds) {
      return database.query<{ mediaId: Id; kind: string; id: Id; title: string }>(
        `select * from (
         (select i.media_id as "mediaId", 'product' as kind, i.product_id as id, p.card->>'title' as title from catalog.pictures i
          join catalog.cards p on p.store_id = $1 and p.product_id = i.product_id
          where i.store_id = $1 and i.media_id = any($2) order by i.media_id, i.product_id limit 1000)
         union all
         (select (c.picture->>'mediaId')::bigint, 'collection', c.id, c.title from catalog.collections c
          where c.store_id = $1 and (c.picture->>'mediaId')::bigint = any($2) order by c.id limit 1000)) as used`,
        [stores.current().id, mediaIds],
      );
    },
  };
}
