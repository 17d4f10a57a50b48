import {
  actorName,
  type Catalog,
  type Cradle,
  type Id,
  type Json,
  type Metaobject,
  type MetaobjectDefinition,
  ok,
  type Refused,
  refused,
  type Result,
} from 'kontor/sdk';
import { danglingReference } from './metafield-references.ts';
import { type Checked, checkValue } from './metafield-types.ts';
import { findMetaobjectDefinition } from './metaobject-definitions.ts';

type Row = Metaobject & { changedBy: string; updatedAt: Date };
type Refusal = 'notFound' | 'badValue' | 'handleTaken' | 'changed';

/** Records of the kinds a store has invented. */
export function createMetaobjects(services: Cradle): Pick<Catalog, 'metaobject' | 'metaobjects'> {
  return {
    async metaobject(type, handle) {
      const [row] = await read(services, 'and d.type = $2 and o.handle = $3', [type, handle]);
      return row && shown(row);
    },
    metaobjects: async (ids) => (await read(services, 'and o.id = any($2)', [ids])).map(shown),
  };
}

export async function pageOfMetaobjects(
  services: Cradle,
  { type, after = 0, limit }: { type: string; after?: Id; limit: number },
): Promise<{ items: Metaobject[]; next: string | null }> {
  const where = 'and d.type = $2 and o.id > $3 order by o.id limit $4';
  const rows = await read(services, where, [type, after, limit + 1]);
  const items = rows.slice(0, limit).map(shown);
  return { items, next: rows.length > limit ? String(items.at(-1)!.id) : null };
}

export async function findMetaobject(services: Cradle, id: Id): Promise<Result<Metaobject, 'notFound'>> {
  const [row] = await read(services, 'and o.id = $2', [id]);
  return row ? ok(shown(row)) : refused('notFound', { metaobjectId: id });
}

export async function makeMetaobject(
  services: Cradle,
  { type, handle, fields }: Pick<Metaobject, 'type' | 'handle' | 'fields'>,
): Promise<Result<Metaobject, Refusal>> {
  const { clock, database, stores } = services;
  const definition = await findMetaobjectDefinition(services, { type });
  if (!definition) return refused('notFound', { type });
  const checked = await checkFields(services, { definition, fields, named: Object.keys(fields) });
  if ('refusal' in checked) return checked;
  const [row] = await database.query<{ id: Id }>(
    `insert into catalog.metaobjects (store_id, definition_id, handle, fields, changed_by, updated_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (store_id, definition_id, handle) do nothing returning id`,
    [
      stores.current().id,
      definition.id,
      handle,
      JSON.stringify(checked.fields),
      actorName(stores.actor()),
      clock.now(),
    ],
  );
  return row ? findMetaobject(services, row.id) : refused('handleTaken', { handle });
}

/** Fields that are not named stay; null takes one away. */
export async function changeMetaobject(
  services: Cradle,
  id: Id,
  change: { version: number; handle?: string; fields?: Readonly<Record<string, Json>> },
): Promise<Result<Metaobject, Refusal>> {
  const { clock, database, stores } = services;
  const storeId = stores.current().id;
  return database.transaction(async () => {
    const [before] = await read(services, 'and o.id = $2 for no key update of o', [id]);
    if (!before) return refused('notFound', { metaobjectId: id });
    if (before.version !== change.version)
      return refused('changed', {
        version: before.version,
        changedBy: before.changedBy,
        changedAt: before.updatedAt.toISOString(),
      });
    const definition = (await findMetaobjectDefinition(services, { type: before.type }))!;
    const checked = await checkFields(services, {
      definition,
      fields: { ...before.fields, ...change.fields },
      named: Object.keys(change.fields ?? {}),
    });
    if ('refusal' in checked) return checked;
    const handle = change.handle ?? before.handle;
    const rows = await database.query(
      `update catalog.metaobjects o set handle = $3, fields = $4, version = version + 1, changed_by = $5, updated_at = $6
       where store_id = $1 and id = $2 and not exists (select from catalog.metaobjects other
         where other.store_id = $1 and other.definition_id = $7 and other.handle = $3 and other.id <> $2) returning id`,
      [
        storeId,
        id,
        handle,
        JSON.stringify(checked.fields),
        actorName(stores.actor()),
        clock.now(),
        definition.id,
      ],
    );
    return rows.length > 0 ? findMetaobject(services, id) : refused('handleTaken', { handle });
  });
}

export async function removeMetaobject(
  { database, stores }: Cradle,
  id: Id,
): Promise<Result<undefined, 'notFound'>> {
  const rows = await database.query(
    'delete from catalog.metaobjects where store_id = $1 and id = $2 returning id',
    [stores.current().id, id],
  );
  return rows.length > 0 ? ok() : refused('notFound', { metaobjectId: id });
}

/** Every value checked by its field; what the definition has no more is left out. */
async function checkFields(
  services: Cradle,
  from: {
    definition: MetaobjectDefinition;
    fields: Readonly<Record<string, Json>>;
    named: readonly string[];
  },
): Promise<{ fields: Record<string, Json> } | Refused<'badValue'>> {
  const unknown = from.named.find((name) => !from.definition.fields.some(({ key }) => key === name));
  if (unknown !== undefined)
    return refused('badValue', { name: unknown, wanted: 'a field of this metaobject' });
  const kept = new Map<string, Exclude<Checked, { fault: string }>>();
  for (const { key, type, isRequired, validations } of from.definition.fields) {
    const value = from.fields[key] ?? null;
    if (value === null && isRequired) return refused('badValue', { name: key, type, wanted: 'a value' });
    if (value === null) continue;
    const checked = checkValue(type, value, validations);
    if ('fault' in checked) return refused('badValue', { name: key, type, wanted: checked.fault });
    kept.set(key, checked);
  }
  const dangling = await danglingReference(
    services,
    [...kept.values()].flatMap(({ references }) => references),
  );
  if (dangling) return refused('badValue', { wanted: 'the id of something there is', got: dangling.id });
  return { fields: Object.fromEntries([...kept].map(([key, { value }]) => [key, value])) };
}

function read({ database, stores }: Cradle, where: string, values: readonly unknown[]): Promise<Row[]> {
  return database.query<Row>(
    `select o.id, o.version, d.type, o.handle, o.fields, o.changed_by as "changedBy", o.updated_at as "updatedAt"
     from catalog.metaobjects o join catalog.metaobject_definitions d on d.store_id = $1 and d.id = o.definition_id
     where o.store_id = $1 ${where}`,
    [stores.current().id, ...values],
  );
}

function shown({ id, version, type, handle, fields }: Row): Metaobject {
  return { id, version, type, handle, fields };
}
