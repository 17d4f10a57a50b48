import { actorName, type Cradle, type Id, type Refused, refused } from 'kontor/sdk';

type Needs = Pick<Cradle, 'clock' | 'database' | 'stores'>;

/** Writes a row, a new one without an id; objects become JSON, `words` are what it is found by. */
export async function writeRow(
  { clock, database, stores }: Needs,
  { table, id, values }: { table: string; id: Id | undefined; values: Readonly<Record<string, unknown>> },
): Promise<Id> {
  const now = clock.now();
  const all: Record<string, unknown> = { ...values, changed_at: now, changed_by: actorName(stores.actor()) };
  const names = Object.keys(all);
  const places = names.map((name, at) =>
    name === 'words' ? `to_tsvector('simple', $${at + 3})` : `$${at + 3}`,
  );
  const sql =
    id === undefined
      ? `insert into ${table} (store_id, created_at, ${names.join(', ')}) values ($1, $2, ${places.join(', ')}) returning id`
      : `update ${table} set version = version + 1, ${names.map((name, at) => `${name} = ${places[at]}`).join(', ')}
         where store_id = $1 and id = $2 returning id`;
  const [row] = await database.query<{ id: Id }>(sql, [
    stores.current().id,
    id ?? now,
    ...Object.values(all).map(asValue),
  ]);
  return row!.id;
}

/** The refusal of a change that was made from another version than the newest. */
export function staleness(
  row: { version: number; changedBy: string; changedAt: Date },
  version: number | undefined,
): Refused<'changed'> | undefined {
  if (version === undefined || version === row.version) return undefined;
  const { changedBy, changedAt } = row;
  return refused('changed', { version: row.version, changedBy, changedAt: changedAt.toISOString() });
}

function asValue(value: unknown): unknown {
  const isPlain =
    typeof value === 'object' && value !== null && !(value instanceof Date) && !Array.isArray(value);
  return isPlain ? JSON.stringify(value) : value;
}
