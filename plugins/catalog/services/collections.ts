import { type Catalog, type Collection, type Cradle, type Id, ok, refused } from 'kontor/sdk';
import { errors } from '../errors.ts';
import { saveCollection } from '../actions/save-collection.ts';
import { type CollectionRow, readCollections, shown } from './collection-rows.ts';

/** 1,000 at most: who has more lists them by pages. */
const MOST = 1000;

/** The part of the catalogue's service that is about collections. */
export function createCollections(
  services: Cradle,
): Pick<
  Catalog,
  'collections' | 'inCollection' | 'collectionByHandle' | 'saveCollection' | 'removeCollection'
> {
  return {
    async collections({ isPublished, locale } = {}) {
      const rows = await readCollections(services, {
        name: 'all',
        where: `and (c.is_published or not $2) order by c.title, c.id limit ${MOST}`,
        values: [isPublished === true],
      });
      const asked = isPublished === false ? rows.filter((row) => !row.isPublished) : rows;
      return asked.map((row) => shown(row, locale));
    },
    async inCollection(collectionId, productIds) {
      const { database, stores } = services;
      const rows = await database.query<{ id: Id }>(
        `select product_id as id from catalog.collection_products
         where store_id = $1 and collection_id = $2 and product_id = any($3)`,
        [stores.current().id, collectionId, productIds],
      );
      return rows.map(({ id }) => id);
    },
    async collectionByHandle(handle, { locale } = {}) {
      const [row] = await readCollections(services, {
        name: 'by-handle',
        where:
          'and c.id = (select h.collection_id from catalog.collection_handles h where h.store_id = $1 and h.handle = $2)',
        values: [handle],
      });
      return row && shown(row, locale);
    },
    saveCollection: (input) => saveCollection(services, input),
    removeCollection: (id) => removeCollection(services, id),
  };
}

/** A collection by its number, in the store's own language. */
export async function findCollection(services: Cradle, id: Id): Promise<Collection | undefined> {
  const [row] = await readCollections(services, { name: 'by-id', where: 'and c.id = $2', values: [id] });
  return row && shown(row);
}

/** One page by title. @param text - part of the title */
export async function pageOfCollections(
  services: Cradle,
  { cursor, limit, text }: { cursor?: string; limit: number; text?: string },
): Promise<{ items: Collection[]; next: string | null }> {
  const [title, id] = readCursor(cursor);
  const rows = await readCollections(services, {
    name: 'page',
    where: `and (c.title, c.id) > ($2, $3) and strpos(lower(c.title), lower($4)) > 0 order by c.title, c.id limit $5`,
    values: [title, id, text ?? '', limit + 1],
  });
  const items = rows.slice(0, limit);
  return {
    items: items.map((row) => shown(row)),
    next: rows.length > limit ? cursorOf(items.at(-1)!) : null,
  };
}

function cursorOf({ title, id }: CollectionRow): string {
  return Buffer.from(JSON.stringify([title, id])).toString('base64url');
}

function readCursor(cursor: string | undefined): [title: string, id: Id] {
  if (cursor === undefined) return ['', 0];
  try {
    const [title, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    const isTitle = typeof title === 'string' && title.isWellFormed() && !title.includes('\0');
    if (isTitle && Number.isSafeInteger(id)) return [title, id as Id];
  } catch {
    // Whatever it is, it is none of ours.
  }
  throw new errors.CATALOG_ERR_CURSOR(JSON.stringify(cursor.slice(0, 80)));
}

async function removeCollection({ database, events, stores }: Cradle, id: Id) {
  return database.transaction(async () => {
    const rows = await database.query(
      'delete from catalog.collections where store_id = $1 and id = $2 returning id',
      [stores.current().id, id],
    );
    if (rows.length === 0) return refused('notFound', { collectionId: id });
    await events.emit('catalog.collection_saved', { collectionId: id }, { entity: `collection:${id}` });
    return ok();
  });
}
