import { ok, refused, type Member, type Team } from 'kontor/sdk';
import type { Common, Order } from './common.ts';
import type { Person } from './realm.ts';
import { createTable, currentStore, ofCurrentStore, type Table } from './tables.ts';
import type { OneUseToken } from './tokens.ts';

export const TEAM_LIMIT = 'team.members';

type MemberRow = { store_id: number; user_id: number; role: string; since: Date };
type RoleRow = { store_id: number; code: string; title: string; permissions: string[] };
export type StoreTeam = ReturnType<typeof createTeam>;

/** Members and roles of the current store. */
export function createTeam(deps: { common: Common; users: Table<Person> }) {
  const { clock, changed, database, features, roles } = deps.common;
  const { query, transaction } = database;
  const table = <R extends object>(name: string) => createTable<R>({ query, name, scope: ofCurrentStore });
  const members = table<MemberRow>('kernel.members');
  const ownRoles = table<RoleRow>('kernel.roles');
  const invitations = table<OneUseToken>('kernel.invitations');
  const teamChanged = () => changed(`team:${currentStore().id}`);

  /** Keeps the role from being removed while somebody is given it. */
  const isRole = async (code: string) =>
    roles.isPreset(code) || (await ownRoles.find({ code }, 'for share')).length > 0;

  /** Owners are locked in one order, so that two of them cannot leave past each other. */
  async function isLastOwner(userId: number): Promise<boolean> {
    const owners = await members.find({ role: 'owner' }, 'order by user_id for update');
    return owners.length === 1 && owners[0]!.user_id === userId;
  }

  async function join(userId: number, role: string): Order<'limitReached'> {
    const counts = roles.hasLimit(TEAM_LIMIT);
    const used = counts ? await features.use(TEAM_LIMIT) : ok();
    if (!used.ok) return used;
    const added = await members.insert({ user_id: userId, role, since: clock.now() });
    if (!added && counts) await features.release(TEAM_LIMIT);
    await teamChanged();
    return ok();
  }

  /** Whoever left lets nobody in any more, and a later place of theirs wakes no old key. */
  async function endWhatWasGiven(userId: number): Promise<void> {
    await invitations.remove({ invited_by: userId });
    const sql = 'delete from kernel.api_keys where store_id = $1 and created_by = $2';
    await query(sql, [currentStore().id, userId]);
  }

  const team = {
    async members() {
      const rows = await members.find({}, 'order by since, user_id');
      const users = await deps.users.find({ id: rows.map((row) => row.user_id) });
      const byId = new Map(users.map((user) => [user.id, user]));
      return rows.map(({ user_id, role, since }): Member => {
        const { email = '', name = '' } = byId.get(user_id) ?? {};
        return { userId: user_id, email, name, role, since };
      });
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
      return transaction(async () => {
        await query(
          `insert into kernel.roles (store_id, code, title, permissions) values ($1, $2, $3, $4)
           on conflict (store_id, code) do update set title = excluded.title, permissions = excluded.permissions`,
          [currentStore().id, code, title, [...new Set(permissions)]],
        );
        await teamChanged();
        return ok({ code, title, permissions, isPreset: false });
      });
    },
    async removeRole(code) {
      if (roles.isPreset(code)) return refused('presetRole');
      return transaction(async () => {
        const [role] = await ownRoles.find({ code }, 'for update');
        if (!role) return refused('notFound');
        const holders = (await members.find({ role: code })).length;
        const invited = (await invitations.find({ role: code })).length;
        if (holders + invited > 0) return refused('inUse', { holders: holders + invited });
        await ownRoles.remove({ code });
        await teamChanged();
        return ok();
      });
    },
    add: ({ userId, role }) =>
      transaction(async () => ((await isRole(role)) ? join(userId, role) : refused('unknownRole'))),
    changeRole: (userId, role) =>
      transaction(async () => {
        if (!(await isRole(role))) return refused('unknownRole');
        if (role !== 'owner' && (await isLastOwner(userId))) return refused('lastOwner');
        const [member] = await members.change({ user_id: userId }, { role });
        if (!member) return refused('notFound');
        await teamChanged();
        return ok();
      }),
    remove: (userId) =>
      transaction(async () => {
        if (await isLastOwner(userId)) return refused('lastOwner');
        const [member] = await members.remove({ user_id: userId });
        if (!member) return refused('notFound');
        await endWhatWasGiven(userId);
        if (roles.hasLimit(TEAM_LIMIT)) await features.release(TEAM_LIMIT);
        await teamChanged();
        return ok();
      }),
  } satisfies Partial<Team>;
  return { team, invitations, members, isRole, join };
}
