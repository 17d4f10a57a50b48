import { ok, refused, type Clock, type Features, type Invitation, type Team } from 'kontor/sdk';
import { within } from '../context.ts';
import type { KernelDatabase, Tenancy } from '../parts.ts';
import type { Accounts } from './accounts.ts';
import type { Notices } from './notices.ts';
import type { Roles } from './roles.ts';
import type { Table } from './tables.ts';
import { TEAM_LIMIT, type MemberRow, type TeamOf } from './team.ts';
import { hashOf, normaliseEmail, storeOfToken, type Tokens } from './tokens.ts';
import { userInfo, type UserRow } from './users.ts';

const INVITED_FOR = 7 * 24 * 3_600_000;

export type InvitationRow = {
  id: number;
  store_id: number;
  email: string;
  role: string;
  token_hash: string;
  invited_by: number;
  expires_at: Date;
};

/** How people come into the team of a store. */
export function createInvitations(deps: {
  accounts: Accounts<UserRow>;
  clock: Clock;
  createUser: import('kontor/sdk').Users['create'];
  database: Pick<KernelDatabase, 'query' | 'transaction' | 'platform'>;
  features: Pick<Features, 'limit'>;
  /** Under the platform's role, so that an invitation and its notice are one transaction. */
  invitations: Table<InvitationRow>;
  members: Table<MemberRow>;
  notices: Notices;
  origin: string;
  roles: Roles;
  store: () => { id: number; name: string; locale: string };
  team: TeamOf;
  tenancy: Pick<Tenancy, 'byId'>;
  tokens: Tokens;
  users: Table<UserRow>;
}): Pick<Team, 'invite' | 'invitations' | 'withdrawInvitation' | 'acceptInvitation'> {
  const { clock, database, invitations, roles, team, tokens } = deps;
  const isOpen = ({ expires_at }: { expires_at: Date }) => expires_at > clock.now();

  async function isFull(email: string): Promise<boolean> {
    if (!roles.hasLimit(TEAM_LIMIT)) return false;
    const { used, max } = await deps.features.limit(TEAM_LIMIT);
    const waiting = (await invitations.find({})).filter((other) => isOpen(other) && other.email !== email);
    return max !== null && used + waiting.length >= max;
  }

  return {
    async invite(input) {
      const store = deps.store();
      const email = normaliseEmail(input.email);
      if (!(await team.isRole(input.role))) return refused('unknownRole');
      const [user] = await deps.users.find({ email });
      if (user && (await deps.members.find({ user_id: user.id })).length > 0) return refused('alreadyMember');
      if (await isFull(email)) return refused('limitReached');
      const token = `i_${store.id}_${tokens.create()}`;
      const expiresAt = deps.accounts.after(INVITED_FOR);
      return database.platform.transaction(async () => {
        await invitations.remove({ email });
        const invitation = await invitations.insert({
          email,
          role: input.role,
          token_hash: hashOf(token),
          invited_by: input.invitedBy,
          expires_at: expiresAt,
        });
        const link = `${deps.origin}/account/invitation?token=${token}`;
        const locale = user?.locale ?? store.locale;
        await deps.notices.add({ kind: 'invitation', to: email, locale, store, link, expiresAt });
        return ok(invitationInfo(invitation!));
      });
    },
    invitations: async () => (await invitations.find({})).filter(isOpen).map(invitationInfo),
    async withdrawInvitation(id) {
      const withdrawn = await invitations.remove({ id });
      return withdrawn.length > 0 ? ok() : refused('notFound');
    },
    async acceptInvitation({ token, name, password }) {
      const store = await deps.tenancy.byId(storeOfToken('i', token) ?? 0);
      if (!store) return refused('invalidToken');
      return within({ store, plugin: undefined, transaction: undefined }, async () => {
        const token_hash = hashOf(token);
        const [invitation] = await invitations.find({ token_hash });
        if (!invitation || !isOpen(invitation)) return refused('invalidToken');
        const found = await findOrCreate({
          email: invitation.email,
          name,
          password,
          locale: store.ref.locale,
        });
        if (!found.ok) return found;
        return database.transaction(async () => {
          const [waiting] = await database.query<InvitationRow>(
            'select * from kernel.invitations where store_id = $1 and token_hash = $2 for update',
            [store.ref.id, token_hash],
          );
          if (!waiting) return refused('invalidToken');
          const joined = await team.join(found.value.id, waiting.role);
          if (!joined.ok) return joined;
          await database.query('delete from kernel.invitations where store_id = $1 and id = $2', [
            store.ref.id,
            waiting.id,
          ]);
          return ok({ storeHandle: store.ref.handle, user: found.value });
        });
      });
    },
  };

  /** The token came by mail to this address: who is new gives a password, who is known proves to be that person. */
  async function findOrCreate(input: {
    email: string;
    name: string | undefined;
    password: string;
    locale: string;
  }) {
    const [known] = await deps.users.find({ email: input.email });
    if (known) {
      const isRight = known.state === 'active' && (await deps.accounts.proves(known, input.password));
      return isRight ? ok(userInfo(known)) : refused('wrongPassword');
    }
    const created = await deps.createUser({ ...input, name: input.name ?? input.email.split('@')[0]! });
    if (created.ok) return created;
    // Whoever took the address in this very moment proves it at the next try.
    return created.refusal === 'emailTaken'
      ? refused('wrongPassword')
      : refused('weakPassword', created.details);
  }
}

function invitationInfo({ id, email, role, expires_at }: InvitationRow): Invitation {
  return { id, email, role, expiresAt: expires_at };
}
