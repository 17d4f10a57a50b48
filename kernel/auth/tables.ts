import type { KernelDatabase, Row } from '../parts.ts';

export type Query = KernelDatabase['query'];

/** Rows of one table by equality: all that people, sessions and tokens need. An array matches any of its values. */
export type Table<R extends object> = {
  find(match: Match<R>): Promise<R[]>;
  /** @returns undefined when a unique key was taken */
  insert(row: Partial<R>): Promise<R | undefined>;
  change(match: Match<R>, to: Partial<R>): Promise<R[]>;
  remove(match: Match<R>): Promise<R[]>;
};
export type Match<R> = { readonly [Name in keyof R]?: R[Name] | readonly R[Name][] };

/**
 * @param query - decides the role: the current store's, or the platform's
 * @param scope - named by every statement: the store of a tenant table, nothing for a table of the platform
 */
export function createTable<R extends object>(input: {
  query: Query;
  name: string;
  scope?: () => Row;
}): Table<R> {
  const { query, name, scope = () => ({}) } = input;
  return {
    find(match) {
      const { sql, values } = conditions({ ...scope(), ...match });
      return query<R>(`select * from ${name} where ${sql}`, values);
    },
    async insert(row) {
      const full: Row = { ...scope(), ...row };
      const places = Object.keys(full).map((_, index) => `$${index + 1}`);
      const [inserted] = await query<R>(
        `insert into ${name} (${Object.keys(full).join(', ')}) values (${places.join(', ')}) on conflict do nothing returning *`,
        Object.values(full),
      );
      return inserted;
    },
    change(match, to) {
      const { sql, values } = conditions({ ...scope(), ...match });
      const set = Object.keys(to).map((column, index) => `${column} = $${values.length + index + 1}`);
      return query<R>(`update ${name} set ${set.join(', ')} where ${sql} returning *`, [
        ...values,
        ...Object.values(to),
      ]);
    },
    remove(match) {
      const { sql, values } = conditions({ ...scope(), ...match });
      return query<R>(`delete from ${name} where ${sql} returning *`, values);
    },
  };
}

function conditions(match: Row): { sql: string; values: unknown[] } {
  const equals = ([column, value]: [string, unknown], index: number) =>
    Array.isArray(value) ? `${column} = any($${index + 1})` : `${column} = $${index + 1}`;
  return { sql: Object.entries(match).map(equals).join(' and '), values: Object.values(match) };
}
