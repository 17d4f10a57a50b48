import {
  actorName,
  type Cradle,
  type CustomerProfile,
  type Id,
  ok,
  type ProfileChange,
  refused,
  type Result,
} from 'kontor/sdk';
import { COLUMNS, type ProfileRow, toProfile } from '../models/profile.ts';

type Needs = Pick<Cradle, 'clock' | 'customers' | 'database' | 'stores'>;
type Locked = ProfileRow & { changed_at: Date; changed_by: string };

/** Adds a guest by hand. */
export async function createProfile(
  { email, ...change }: ProfileChange & { email: string },
  services: Needs,
): Promise<Result<CustomerProfile, 'emailTaken' | 'unknownGroup'>> {
  const { clock, database, stores } = services;
  return database.transaction(async () => {
    if (!(await isGroup(change.group, services))) return refused('unknownGroup', { group: change.group });
    const [made] = await database.query<{ id: Id }>(
      `insert into customers.profiles (store_id, email, created_at, changed_at, changed_by) values ($1, $2, $3, $3, $4)
       on conflict (store_id, email) do nothing returning id`,
      [stores.current().id, email.trim().toLowerCase(), clock.now(), actorName(stores.actor())],
    );
    return made ? ok(toProfile(await write(made.id, change, services))) : refused('emailTaken', { email });
  });
}

/** Changes a profile; fields left out stay. */
export async function changeProfile(
  id: Id,
  { version, ...change }: ProfileChange & { version?: number },
  services: Needs,
): Promise<Result<CustomerProfile, 'notFound' | 'changed' | 'unknownGroup'>> {
  return services.database.transaction(async () => {
    const known = await lock(id, services);
    if (!known) return refused('notFound');
    if (version !== undefined && version !== known.version) {
      const details = { version: known.version, by: known.changed_by, at: known.changed_at.toISOString() };
      return refused('changed', details);
    }
    if (!(await isGroup(change.group, services))) return refused('unknownGroup', { group: change.group });
    return ok(toProfile(await write(id, change, services)));
  });
}

/** Lets an account sign in, or not. */
export async function setProfileState(
  id: Id,
  state: 'active' | 'disabled',
  services: Needs,
): Promise<Result<CustomerProfile, 'notFound' | 'noAccount'>> {
  const { customers, database } = services;
  return database.transaction(async () => {
    const known = await lock(id, services);
    if (!known) return refused('notFound');
    if (known.customer_id === null) return refused('noAccount');
    const set = await customers.setState(known.customer_id, state);
    if (!set.ok) return refused('noAccount');
    return ok(toProfile(await write(id, { isDisabled: state === 'disabled' }, services)));
  });
}

async function lock(id: Id, { database, stores }: Needs): Promise<Locked | undefined> {
  const [row] = await database.query<Locked>(
    `select ${COLUMNS}, changed_at, changed_by from customers.profiles where store_id = $1 and id = $2 for update`,
    [stores.current().id, id],
  );
  return row;
}

async function isGroup(code: string | undefined, { database, stores }: Needs): Promise<boolean> {
  if (!code) return true;
  const sql = 'select 1 from customers.groups where store_id = $1 and code = $2';
  return (await database.query(sql, [stores.current().id, code])).length > 0;
}

/** Names of columns, each with its value. Consent carries the time it was given or taken back. */
async function write(
  id: Id,
  change: ProfileChange & { isDisabled?: boolean },
  { clock, database, stores }: Needs,
): Promise<ProfileRow> {
  const now = clock.now();
  const columns: Record<string, unknown> = {
    first_name: change.firstName,
    last_name: change.lastName,
    phone: change.phone,
    company: change.company,
    vat_number: change.vatNumber?.replaceAll(/[\s.-]/g, '').toUpperCase(),
    locale: change.locale,
    group_code: change.group === '' ? null : change.group,
    tags: change.tags && tidyTags(change.tags),
    note: change.note,
    accepts_marketing: change.acceptsMarketing,
    marketing_at: change.acceptsMarketing === undefined ? undefined : now,
    is_disabled: change.isDisabled,
  };
  const given = Object.entries(columns).filter(([, value]) => value !== undefined);
  const sets = given.map(([name], index) => `, ${name} = $${index + 5}`).join('');
  const [row] = await database.query<ProfileRow>(
    `update customers.profiles set version = version + 1, changed_at = $3, changed_by = $4${sets}
     where store_id = $1 and id = $2 returning ${COLUMNS}`,
    [stores.current().id, id, now, actorName(stores.actor()), ...given.map(([, value]) => value)],
  );
  return row!;
}

function tidyTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim()).filter(Boolean))].sort();
}
