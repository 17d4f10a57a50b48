import {
  type Cradle,
  type Id,
  type MetafieldDefinition,
  type MetafieldOwner,
  ok,
  type Result,
  refused,
} from 'kontor/sdk';
import { badValidations, METAFIELD_TYPES } from './metafield-types.ts';

type New = Omit<MetafieldDefinition, 'id'>;
type Change = Partial<Pick<MetafieldDefinition, 'name' | 'description' | 'validations'>>;

export const DEFINITION =
  'select id, owner, namespace, key, type, name, description, validations from catalog.metafield_definitions';

/** One page, in the order they were made. */
export async function pageOfDefinitions(
  { database, stores }: Cradle,
  { after = 0, limit, owner }: { after?: Id; limit: number; owner?: MetafieldOwner },
): Promise<{ items: MetafieldDefinition[]; next: string | null }> {
  const rows = await database.query<MetafieldDefinition>(
    `${DEFINITION} where store_id = $1 and id > $2 and ($3::text is null or owner = $3) order by id limit $4`,
    [stores.current().id, after, owner ?? null, limit + 1],
  );
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? String(items.at(-1)!.id) : null };
}

/** Names a field and its type, which stays as it is from here on. */
export async function defineMetafield(
  { database, stores }: Cradle,
  input: New,
): Promise<Result<MetafieldDefinition, 'badDefinition' | 'nameTaken'>> {
  const { owner, namespace, key, type, name, description, validations } = input;
  const wrong = METAFIELD_TYPES.includes(type)
    ? badValidations(type, validations)
    : `there is no type ${type}`;
  if (wrong) return refused('badDefinition', { reason: wrong });
  const [row] = await database.query<MetafieldDefinition>(
    `insert into catalog.metafield_definitions (store_id, owner, namespace, key, type, name, description, validations)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (store_id, owner, namespace, key) do nothing
     returning id, owner, namespace, key, type, name, description, validations`,
    [stores.current().id, owner, namespace, key, type, name, description, JSON.stringify(validations)],
  );
  return row ? ok(row) : refused('nameTaken', { name: `${namespace}.${key}` });
}

/** New bounds hold for values that are set from here on. */
export async function changeDefinition(
  { database, stores }: Cradle,
  id: Id,
  change: Change,
): Promise<Result<MetafieldDefinition, 'notFound' | 'badDefinition'>> {
  const storeId = stores.current().id;
  const [before] = await database.query<MetafieldDefinition>(
    `${DEFINITION} where store_id = $1 and id = $2`,
    [storeId, id],
  );
  if (!before) return refused('notFound', { definitionId: id });
  const { name, description, validations, type } = { ...before, ...change };
  const wrong = badValidations(type, validations);
  if (wrong) return refused('badDefinition', { reason: wrong });
  await database.query(
    `update catalog.metafield_definitions set name = $3, description = $4, validations = $5
     where store_id = $1 and id = $2`,
    [storeId, id, name, description, JSON.stringify(validations)],
  );
  return ok({ ...before, name, description, validations });
}

/** With all its values. */
export async function removeDefinition(
  { database, stores }: Cradle,
  id: Id,
): Promise<Result<undefined, 'notFound'>> {
  const rows = await database.query(
    'delete from catalog.metafield_definitions where store_id = $1 and id = $2 returning id',
    [stores.current().id, id],
  );
  return rows.length > 0 ? ok() : refused('notFound', { definitionId: id });
}
