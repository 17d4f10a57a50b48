import type { Cradle, Id, MediaUsage } from 'kontor/sdk';

/** Tells the media library which pages and articles show a file, as their picture or within their texts. */
export function pictureUsage({ database, stores }: Pick<Cradle, 'database' | 'stores'>): MediaUsage {
  return {
    async usedIn(mediaIds) {
      return database.query<{ mediaId: Id; kind: string; id: Id; title: string }>(
        `select * from (
         (select m.id as "mediaId", 'page' as kind, p.id, p.title from content.pages p cross join unnest(p.media_ids) as m (id)
          where p.store_id = $1 and p.media_ids && $2::bigint[] and m.id = any($2) order by p.id limit 1000)
         union all
         (select m.id, 'article', a.id, a.title from content.articles a cross join unnest(a.media_ids) as m (id)
          where a.store_id = $1 and a.media_ids && $2::bigint[] and m.id = any($2) order by a.id limit 1000)) as used`,
        [stores.current().id, mediaIds],
      );
    },
  };
}
