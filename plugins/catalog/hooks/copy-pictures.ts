import type { Cradle, DeliveredEvent, Id } from 'kontor/sdk';
import { saveProducts } from '../actions/save-products.ts';

const BATCH = 200;

/**
 * Products keep a copy of their pictures, so that showing one costs no query. When a picture is changed or removed, the
 * copies follow. Doing it twice changes nothing.
 */
export async function copyPictures(
  { payload: { mediaId } }: DeliveredEvent<{ mediaId: Id }>,
  services: Cradle,
): Promise<void> {
  const { database, stores } = services;
  let rows: { product_id: Id }[] = [];
  do {
    const after = rows.at(-1)?.product_id ?? 0;
    rows = await database.query(
      `select product_id from catalog.pictures where store_id = $1 and media_id = $2 and product_id > $3
       order by product_id limit ${BATCH}`,
      [stores.current().id, mediaId, after],
    );
    await saveProducts(
      services,
      rows.map(({ product_id }) => ({
        id: product_id,
        change: ({ pictures }) => ({ pictureIds: pictures.map((picture) => picture.mediaId) }),
      })),
      { isBatch: true, keepsVersion: true, dropsUnknownPictures: true },
    );
  } while (rows.length === BATCH);
}
