import { type Cradle, type Id, type MetaobjectDefinition, ok, type Result, refused } from 'kontor/sdk';
import { badValidations, METAFIELD_TYPES } from './metafield-types.ts';

type Fields = MetaobjectDefinition['fields'];

const COLUMNS = 'id, version, type, name, fields';

export async function pageOfMetaobjectDefinitions(
  { database, stores }: Cradle,
  { after = 0, limit }: { after?: Id; limit: number },
): Promise<{ items: MetaobjectDefinition[]; next: string | null }> {
  const rows = await database.query<MetaobjectDefinition>(
    `select ${COLUMNS} from catalog.metaobject_definitions where store_id = $1 and id > $2 order by id limit $3`,
    [stores.current().id, after, limit + 1],
  );
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? String(items.at(-1)!.id) : null };
}

/** @param by - its number, or its type */
export async function findMetaobjectDefinition(
  { database, stores }: Cradle,
  by: { id: Id } | { type: string },
): Promise<MetaobjectDefinition | undefined> {
  const [column, value] = Object.entries(by)[0]!;
  const [row] = await database.query<MetaobjectDefinition>(
    `select ${COLUMNS} from catalog.metaobject_definitions where store_id = $1 and ${column} = $2`,
    [stores.current().id, value],
  );
  return row;
}

export async function defineMetaobject(
  { database, stores }: Cradle,
  { type, name, fields }: Pick<MetaobjectDefinition, 'type' | 'name' | 'fields'>,
): Promise<Result<MetaobjectDefinition, 'badDefinition' | 'nameTaken'>> {
  const wrong = badFields(fields);
  if (wrong) return refused('badDefinition', { reason: wrong });
  const [row] = await database.query<MetaobjectDefinition>(
    `insert into catalog.metaobject_definitions (store_id, type, name, fields) values ($1, $2, $3, $4)
     on conflict (store_id, type) do nothing returning ${COLUMNS}`,
    [stores.current().id, type, name, JSON.stringify(fields)],
  );
  return row ? ok(row) : refused('nameTaken', { name: type });
}

/** Fields may come, go and be renamed; one that stays keeps its type, since entries have values of it. */
export async function changeMetaobjectDefinition(
  services: Cradle,
  id: Id,
  change: { version: number; name?: string; fields?: Fields },
): Promise<Result<MetaobjectDefinition, 'notFound' | 'badDefinition' | 'changed'>> {
  const { database, stores } = services;
  const before = await findMetaobjectDefinition(services, { id });
  if (!before) return refused('notFound', { definitionId: id });
  const { name, fields } = { ...before, ...change };
  const retyped = fields.find((field) =>
    before.fields.some(({ key, type }) => key === field.key && type !== field.type),
  );
  const wrong = retyped ? `the type of ${retyped.key} cannot change` : badFields(fields);
  if (wrong) return refused('badDefinition', { reason: wrong });
  const [row] = await database.query<MetaobjectDefinition>(
    `update catalog.metaobject_definitions set name = $4, fields = $5, version = version + 1
     where store_id = $1 and id = $2 and version = $3 returning ${COLUMNS}`,
    [stores.current().id, id, change.version, name, JSON.stringify(fields)],
  );
  return row ? ok(row) : refused('changed', { version: before.version });
}

/** @returns `inUse` while it has entries */
export async function removeMetaobjectDefinition(
  { database, stores }: Cradle,
  id: Id,
): Promise<Result<undefined, 'notFound' | 'inUse'>> {
  const storeId = stores.current().id;
  return database.transaction(async () => {
    // The lock keeps new entries away.
    const found = await database.query(
      'select id from catalog.metaobject_definitions where store_id = $1 and id = $2 for update',
      [storeId, id],
    );
    if (found.length === 0) return refused('notFound', { definitionId: id });
    const gone = await database.query(
      `delete from catalog.metaobject_definitions d where store_id = $1 and id = $2
         and not exists (select from catalog.metaobjects o where o.store_id = $1 and o.definition_id = d.id) returning id`,
      [storeId, id],
    );
    return gone.length > 0 ? ok() : refused('inUse', { definitionId: id });
  });
}

function badFields(fields: Fields): string | undefined {
  const keys = fields.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice) return `${twice} is there twice`;
  for (const { key, type, validations } of fields) {
    const wrong = METAFIELD_TYPES.includes(type)
      ? badValidations(type, validations)
      : `there is no type ${type}`;
    if (wrong) return `${key}: ${wrong}`;
  }
  return undefined;
}
