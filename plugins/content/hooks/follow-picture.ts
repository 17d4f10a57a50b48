import type { Cradle, DeliveredEvent, Id } from 'kontor/sdk';
import { takeTurn } from '../services/kept.ts';

/** Articles keep copies of their pictures; they follow the media library. Their versions stay: nobody has edited them. */
export async function followPicture(
  { payload: { mediaId } }: DeliveredEvent<{ mediaId: Id }>,
  services: Cradle,
): Promise<void> {
  const { database, events, stores } = services;
  const [picture] = (await services.media?.pictures([mediaId])) ?? [];
  await database.transaction(async () => {
    const rows = await database.query<{ id: Id; blogId: Id }>(
      `update content.articles set picture = $3::jsonb
       where store_id = $1 and media_ids @> array[$2::bigint] and (picture->>'mediaId')::bigint = $2
         and picture is distinct from $3::jsonb returning id, blog_id as "blogId"`,
      [stores.current().id, mediaId, picture ? JSON.stringify(picture) : null],
    );
    if (rows.length > 0) await takeTurn(services);
    for (const { id, blogId } of rows) {
      const entity = { entity: `article:${id}` };
      await events.emit('content.article_saved', { articleId: id, blogId }, entity);
    }
  });
}
