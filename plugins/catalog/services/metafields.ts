import {
  type Catalog,
  type Cradle,
  type Id,
  type Json,
  type Metafield,
  type MetafieldDefinition,
  type MetafieldOwner,
  ok,
  type Refused,
  refused,
} from 'kontor/sdk';
import { danglingReference } from './metafield-references.ts';
import { type Checked, checkValue } from './metafield-types.ts';
import { DEFINITION } from './metafield-definitions.ts';

type Values = Parameters<Catalog['setMetafields']>[2];

/** Values of the fields a store has invented. */
export function createMetafields(services: Cradle): Pick<Catalog, 'metafields' | 'setMetafields'> {
  return {
    metafields: (owner, ids) => readMetafields(services, owner, ids),
    setMetafields: (owner, id, values) => setMetafields(services, { owner, id, values }),
  };
}

async function readMetafields(
  { database, stores }: Cradle,
  owner: MetafieldOwner,
  ids: readonly Id[],
): Promise<Map<Id, Metafield[]>> {
  const rows = await database.read<Metafield & { ownerId: Id }>(
    'metafields',
    `select m.owner_id as "ownerId", d.namespace, d.key, d.type, m.value
     from catalog.metafields m join catalog.metafield_definitions d on d.store_id = $1 and d.id = m.definition_id
     where m.store_id = $1 and m.owner_id = any($2) and d.owner = $3 order by m.owner_id, d.namespace, d.key`,
    [stores.current().id, ids, owner],
  );
  const fields = new Map<Id, Metafield[]>();
  for (const { ownerId, ...field } of rows) fields.set(ownerId, [...(fields.get(ownerId) ?? []), field]);
  return fields;
}

async function setMetafields(
  services: Cradle,
  { owner, id, values }: { owner: MetafieldOwner; id: Id; values: Values },
): ReturnType<Catalog['setMetafields']> {
  const { database, stores } = services;
  const storeId = stores.current().id;
  return database.transaction(async () => {
    const owners = await database.query(
      `select id from catalog.${owner}s where store_id = $1 and id = $2 for key share`,
      [storeId, id],
    );
    if (owners.length === 0) return refused('notFound', { [`${owner}Id`]: id });
    const definitions = await database.query<MetafieldDefinition>(
      `${DEFINITION} where store_id = $1 and owner = $2 and (namespace, key) in (select * from unnest($3::text[], $4::text[]))`,
      [storeId, owner, values.map(({ namespace }) => namespace), values.map(({ key }) => key)],
    );
    const checked = checkAll(values, definitions);
    if (!Array.isArray(checked)) return checked;
    const dangling = await danglingReference(
      services,
      checked.flatMap(({ references }) => references),
    );
    if (dangling) return refused('badValue', { wanted: 'the id of something there is', got: dangling.id });
    await writeValues(services, { owner, id, values: checked });
    return ok((await readMetafields(services, owner, [id])).get(id) ?? []);
  });
}

/** Whether there is such a product, variant or collection. */
export async function hasOwner(
  { database, stores }: Cradle,
  owner: MetafieldOwner,
  id: Id,
): Promise<boolean> {
  const sql = `select id from catalog.${owner}s where store_id = $1 and id = $2`;
  return (await database.query(sql, [stores.current().id, id])).length > 0;
}

type Kept = Exclude<Checked, { fault: string }> & { definitionId: Id };

/** Every value checked by its definition; or the first that has none, or is none of its type. */
function checkAll(
  values: Values,
  definitions: readonly MetafieldDefinition[],
): Kept[] | Refused<'unknownMetafield' | 'badValue'> {
  const kept = new Map<Id, Kept>();
  for (const { namespace, key, value } of values) {
    const definition = definitions.find((one) => one.namespace === namespace && one.key === key);
    const name = `${namespace}.${key}`;
    if (!definition) return refused('unknownMetafield', { name });
    const { id: definitionId, type, validations } = definition;
    const checked = value === null ? { value, references: [] } : checkValue(type, value, validations);
    if ('fault' in checked) return refused('badValue', { name, type, wanted: checked.fault });
    kept.set(definitionId, { ...checked, definitionId });
  }
  return [...kept.values()];
}

async function writeValues(
  { database, stores }: Cradle,
  { owner, id, values }: { owner: MetafieldOwner; id: Id; values: readonly Kept[] },
): Promise<void> {
  const isGone = ({ value }: { value: Json }) => value === null;
  const there = values.filter((one) => !isGone(one));
  await database.query(
    `with gone as (
       delete from catalog.metafields where store_id = $1 and owner_id = $2 and definition_id = any($3))
     insert into catalog.metafields (store_id, owner_id, ${owner}_id, definition_id, value)
     select $1, $2, $2, v.definition_id, v.value from unnest($4::bigint[], $5::jsonb[]) as v (definition_id, value)
     on conflict (store_id, owner_id, definition_id) do update set value = excluded.value`,
    [
      stores.current().id,
      id,
      values.filter(isGone).map(({ definitionId }) => definitionId),
      there.map(({ definitionId }) => definitionId),
      there.map(({ value }) => JSON.stringify(value)),
    ],
  );
}
