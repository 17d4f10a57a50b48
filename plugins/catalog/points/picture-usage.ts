import type { Cradle, Id, MediaUsage } from 'kontor/sdk';

/** Tells the media library which products show a file. */
export function pictureUsage({ database, stores }: Pick<Cradle, 'database' | 'stores'>): MediaUsage {
  return {
    async usedIn(mediaIds) {
      const rows = await database.query<{ media_id: Id; product_id: Id; title: string }>(
        `select i.media_id, i.product_id, p.card->>'title' as title from catalog.pictures i
         join catalog.cards p on p.store_id = $1 and p.product_id = i.product_id
         where i.store_id = $1 and i.media_id = any($2) order by i.media_id, i.product_id limit 1000`,
        [stores.current().id, mediaIds],
      );
      return rows.map((row) => ({
        mediaId: row.media_id,
        kind: 'product',
        id: row.product_id,
        title: row.title,
      }));
    },
  };
}
