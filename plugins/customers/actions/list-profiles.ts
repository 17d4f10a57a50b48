import { type Cradle, type CustomerBook, type CustomerProfile, readCursor, writeCursor } from 'kontor/sdk';
import { COLUMNS, type ProfileRow, toProfile } from '../models/profile.ts';

type Options = NonNullable<Parameters<CustomerBook['list']>[0]>;

const STATES = {
  guest: 'customer_id is null',
  active: 'customer_id is not null and not is_disabled',
  disabled: 'customer_id is not null and is_disabled',
} satisfies Record<CustomerProfile['state'], string>;

/** A page of profiles, newest first: one statement. */
export async function listProfiles(
  options: Options,
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
): Promise<{ profiles: CustomerProfile[]; next: string | null }> {
  const { text, group, tag, state, acceptsMarketing } = options;
  const limit = Math.min(options.limit ?? 50, 500);
  const values: unknown[] = [stores.current().id, limit + 1];
  const place = (value: unknown) => `$${values.push(value)}`;
  const where = ['store_id = $1'];
  if (text)
    where.push(
      `lower(concat_ws(' ', email, first_name, last_name, company, phone)) like ${place(part(text))}`,
    );
  if (group) where.push(`group_code = ${place(group)}`);
  if (tag) where.push(`${place(tag)} = any(tags)`);
  if (state) where.push(STATES[state]);
  if (acceptsMarketing !== undefined) where.push(`accepts_marketing = ${place(acceptsMarketing)}`);
  const after = readCursor(options.cursor, { isTime: true });
  if (after)
    where.push(`(created_at, id) < (${place(after.value)}::timestamptz, ${place(after.id)}::bigint)`);
  const rows = await database.query<ProfileRow & { exact_at: string }>(
    `select ${COLUMNS}, created_at::text as exact_at from customers.profiles
     where ${where.join(' and ')} order by created_at desc, id desc limit $2`,
    values,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? writeCursor({ value: last.exact_at, id: last.id }) : null;
  return { profiles: page.map(toProfile), next };
}

/** A pattern for a part of a text, in which % and _ mean themselves. */
function part(text: string): string {
  return `%${text
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, '\\$&')}%`;
}
