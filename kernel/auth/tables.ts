import type { StoreRef } from 'kontor/sdk';
import { current } from '../context.ts';
import type { KernelDatabase, Row } from '../parts.ts';
import { authErrors } from './errors.ts';

type Match<R> = { readonly [Name in keyof R]?: R[Name] | readonly R[Name][] };
export type Table<R extends object> = ReturnType<typeof createTable<R>>;

/**
 * Rows of one table by equality: all that people, sessions and tokens need. An array matches any of its values.
 *
 * @param query - decides the role: the current store's, or the platform's
 * @param scope - named by every statement: the store of a tenant table, nothing for a table of the platform
 */
export function createTable<R extends object>(input: {
  query: KernelDatabase['query'];
  name: string;
  scope: () => Row;
}) {
  const { query, name, scope } = input;

  /** @param values - what the statement binds already */
  function where(match: Match<R>, values: unknown[] = []): { sql: string; values: unknown[] } {
    const equals = Object.entries({ ...scope(), ...match }).map(([column, value]) => {
      const place = `$${values.push(value)}`;
      return `${column} = ${Array.isArray(value) ? `any(${place})` : place}`;
    });
    return { sql: equals.join(' and '), values };
  }

  return {
    async find(match: Match<R>, more: 'for share' | 'for update' | `order by ${string}` | '' = '') {
      const { sql, values } = where(match);
      return query<R>(`select * from ${name} where ${sql} ${more}`, values);
    },
    /** @returns undefined when a unique key was taken */
    async insert(row: Partial<R>): Promise<R | undefined> {
      const full: Row = { ...scope(), ...row };
      const places = Object.keys(full).map((_, index) => `$${index + 1}`);
      const [inserted] = await query<R>(
        `insert into ${name} (${Object.keys(full).join(', ')}) values (${places.join(', ')})
         on conflict do nothing returning *`,
        Object.values(full),
      );
      return inserted;
    },
    async change(match: Match<R>, to: Partial<R>): Promise<R[]> {
      const set = Object.keys(to).map((column, index) => `${column} = $${index + 1}`);
      const { sql, values } = where(match, Object.values(to));
      return query<R>(`update ${name} set ${set.join(', ')} where ${sql} returning *`, values);
    },
    async remove(match: Match<R>): Promise<R[]> {
      const { sql, values } = where(match);
      return query<R>(`delete from ${name} where ${sql} returning *`, values);
    },
  };
}

/** @throws KERNEL_ERR_AUTH_WITHOUT_STORE */
export function currentStore(): StoreRef {
  const ref = current().store?.ref;
  if (!ref) throw new authErrors.KERNEL_ERR_AUTH_WITHOUT_STORE();
  return ref;
}

export const ofCurrentStore = (): Row => ({ store_id: currentStore().id });
