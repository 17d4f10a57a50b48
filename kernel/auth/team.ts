import { ok, refused, type Clock, type Features, type Member, type Result, type Team } from 'kontor/sdk';
import type { KernelDatabase } from '../parts.ts';
import type { Roles } from './roles.ts';
import type { Table } from './tables.ts';
import type { UserRow } from './users.ts';

export const TEAM_LIMIT = 'team.members';

export type MemberRow = { store_id: number; user_id: number; role: string; since: Date };
export type RoleRow = { store_id: number; code: string; title: string; permissions: string[] };

/** Members and roles of the current store. */
export function createTeam(deps: {
  database: Pick<KernelDatabase, 'query' | 'transaction'>;
  storeId: () => number;
  members: Table<MemberRow>;
  ownRoles: Table<RoleRow>;
  invitations: Table<{ role: string }>;
  users: Table<UserRow>;
  roles: Roles;
  features: Pick<Features, 'use' | 'release'>;
  clock: Clock;
  /** Tells every node; part of the open transaction. */
  changed: (what: { member: number } | { role: string }) => Promise<void>;
}) {
  const { database, members, ownRoles, roles, features, changed } = deps;

  /** Keeps the role from being removed while somebody is given it. */
  async function isRole(code: string): Promise<boolean> {
    if (roles.isPreset(code)) return true;
    const held = await database.query(
      'select code from kernel.roles where store_id = $1 and code = $2 for share',
      [deps.storeId(), code],
    );
    return held.length > 0;
  }

  /** Owners are locked in one order, so that two of them cannot leave past each other. */
  async function isLastOwner(userId: number): Promise<boolean> {
    const owners = await database.query<{ user_id: number }>(
      "select user_id from kernel.members where store_id = $1 and role = 'owner' order by user_id for update",
      [deps.storeId()],
    );
    return owners.length === 1 && owners[0]!.user_id === userId;
  }

  async function join(userId: number, role: string): Promise<Result<undefined, 'limitReached'>> {
    const counts = roles.hasLimit(TEAM_LIMIT);
    const used = counts ? await features.use(TEAM_LIMIT) : ok();
    if (!used.ok) return used;
    const added = await members.insert({ user_id: userId, role, since: deps.clock.now() });
    if (!added && counts) await features.release(TEAM_LIMIT);
    await changed({ member: userId });
    return ok();
  }

  const team = {
    async members() {
      const rows = await members.find({});
      const users = await deps.users.find({ id: rows.map((row) => row.user_id) });
      const byId = new Map(users.map((user) => [user.id, user]));
      return rows
        .map(({ user_id, role, since }): Member => {
          const { email = '', name = '' } = byId.get(user_id) ?? {};
          return { userId: user_id, email, name, role, since };
        })
        .sort((one, other) => one.since.getTime() - other.since.getTime() || one.userId - other.userId);
    },
    async roles() {
      const own = (await ownRoles.find({})).map(({ code, title, permissions }) => ({
        code,
        title,
        permissions: roles.permissionsOf(code, permissions),
        isPreset: false,
      }));
      return [...roles.presets(), ...own.sort((one, other) => one.title.localeCompare(other.title))];
    },
    async saveRole({ code, title, permissions }) {
      if (roles.isPreset(code)) return refused('presetRole');
      const unknown = roles.unknown(permissions);
      if (unknown.length > 0) return refused('unknownPermission', { unknown });
      return database.transaction(async () => {
        await database.query(
          `insert into kernel.roles (store_id, code, title, permissions) values ($1, $2, $3, $4)
           on conflict (store_id, code) do update set title = excluded.title, permissions = excluded.permissions`,
          [deps.storeId(), code, title, [...new Set(permissions)]],
        );
        await changed({ role: code });
        return ok({ code, title, permissions, isPreset: false });
      });
    },
    async removeRole(code) {
      if (roles.isPreset(code)) return refused('presetRole');
      return database.transaction(async () => {
        const [role] = await database.query(
          'select code from kernel.roles where store_id = $1 and code = $2 for update',
          [deps.storeId(), code],
        );
        if (!role) return refused('notFound');
        const holders = [
          ...(await members.find({ role: code })),
          ...(await deps.invitations.find({ role: code })),
        ];
        if (holders.length > 0) return refused('inUse', { holders: holders.length });
        await ownRoles.remove({ code });
        await changed({ role: code });
        return ok();
      });
    },
    add: ({ userId, role }) =>
      database.transaction(async () => ((await isRole(role)) ? join(userId, role) : refused('unknownRole'))),
    changeRole: (userId, role) =>
      database.transaction(async () => {
        if (!(await isRole(role))) return refused('unknownRole');
        if (role !== 'owner' && (await isLastOwner(userId))) return refused('lastOwner');
        const [member] = await members.change({ user_id: userId }, { role });
        if (!member) return refused('notFound');
        await changed({ member: userId });
        return ok();
      }),
    remove: (userId) =>
      database.transaction(async () => {
        if (await isLastOwner(userId)) return refused('lastOwner');
        const [member] = await members.remove({ user_id: userId });
        if (!member) return refused('notFound');
        if (roles.hasLimit(TEAM_LIMIT)) await features.release(TEAM_LIMIT);
        await changed({ member: userId });
        return ok();
      }),
  } satisfies Partial<Team>;
  return { ...team, isRole, join };
}
export type TeamOf = ReturnType<typeof createTeam>;
