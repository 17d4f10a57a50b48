import type { Cradle, Id } from 'kontor/sdk';
import type { Reference } from './metafield-types.ts';

/** The first reference that leads nowhere in this store. A statement a kind, whatever the number. */
export async function danglingReference(
  services: Cradle,
  references: readonly Reference[],
): Promise<Reference | undefined> {
  const { database, stores } = services;
  const storeId = stores.current().id;
  const idsOf = (kind: Reference['kind']) => [
    ...new Set(references.filter((one) => one.kind === kind).map(({ id }) => id)),
  ];
  const [products, files, metaobjects] = [idsOf('product'), idsOf('file'), idsOf('metaobject')];
  const known: Record<Reference['kind'], readonly { id: Id; type?: string }[]> = {
    product: await rowsOf(database, 'select id from catalog.products where store_id = $1 and id = any($2)', [
      storeId,
      products,
    ]),
    file: await knownFiles(services, files),
    metaobject: await rowsOf(
      database,
      `select o.id, d.type from catalog.metaobjects o
       join catalog.metaobject_definitions d on d.store_id = $1 and d.id = o.definition_id
       where o.store_id = $1 and o.id = any($2)`,
      [storeId, metaobjects],
    ),
  };
  return references.find(({ kind, id, type }) => {
    const found = known[kind].find((one) => one.id === id);
    return !found || (type !== undefined && found.type !== type);
  });
}

async function rowsOf(
  database: Cradle['database'],
  sql: string,
  values: [storeId: Id, ids: readonly Id[]],
): Promise<{ id: Id; type?: string }[]> {
  return values[1].length === 0 ? [] : database.query(sql, values);
}

/** Pictures at once; what is none is looked for by itself, which documents and videos are seldom enough for. */
async function knownFiles({ media }: Cradle, ids: readonly Id[]): Promise<{ id: Id }[]> {
  if (ids.length === 0 || !media) return [];
  const known = new Set((await media.pictures(ids)).map(({ mediaId }) => mediaId));
  for (const id of ids) if (!known.has(id) && (await media.find(id))) known.add(id);
  return [...known].map((id) => ({ id }));
}
