import { ok, refused, type Invitation, type Team } from 'kontor/sdk';
import { within } from '../context.ts';
import type { Common } from './common.ts';
import type { Realm } from './realm.ts';
import { createTable, currentStore, ofCurrentStore } from './tables.ts';
import { type StoreTeam, TEAM_LIMIT } from './team.ts';
import { hashOf, normaliseEmail, type OneUseToken, storeOfToken } from './tokens.ts';
import { type UserAccounts, userInfo } from './users.ts';

const INVITED_FOR = 7 * 24 * 3_600_000;

/** How people come into the team of a store. */
export function createInvitations(deps: {
  accounts: UserAccounts;
  common: Common;
  realm: Realm;
  storeTeam: StoreTeam;
}): Pick<Team, 'invite' | 'invitations' | 'withdrawInvitation' | 'acceptInvitation'> {
  const { accounts, realm } = deps;
  const { invitations, isRole, join, members } = deps.storeTeam;
  const { clock, database, features, roles, tokens } = deps.common;
  const isOpen = ({ expires_at }: OneUseToken) => expires_at > clock.now();
  const open = async () => (await invitations.find({})).filter(isOpen);
  /** Under the platform's role, so that an invitation and its notice are one transaction. */
  const mailed = createTable<OneUseToken>({
    query: database.platform.query,
    name: 'kernel.invitations',
    scope: ofCurrentStore,
  });

  /** An invitation that waits holds a place. */
  async function isFull(email: string): Promise<boolean> {
    if (!roles.hasLimit(TEAM_LIMIT)) return false;
    const { used, max } = await features.limit(TEAM_LIMIT);
    const others = (await open()).filter((other) => other.email !== email);
    return max !== null && used + others.length >= max;
  }

  /** The token came by mail to this address: who is new gives a password, who is known proves to be that person. */
  async function findOrCreate(input: { email: string; name?: string; password: string; locale: string }) {
    const { email, password, locale, name = email.split('@')[0]! } = input;
    const [known] = await realm.people.find({ email });
    if (known) {
      const isRight = known.state === 'active' && (await accounts.proves(known, password));
      return isRight ? ok(userInfo(known)) : refused('wrongPassword');
    }
    const created = await accounts.create({ email, name, password, locale, is_admin: false });
    // Whoever took the address in this very moment proves it at the next try.
    return !created.ok && created.refusal === 'emailTaken' ? refused('wrongPassword') : created;
  }

  return {
    async invite({ role, invitedBy, ...input }) {
      const { id, name, locale } = currentStore();
      const email = normaliseEmail(input.email);
      if (!(await isRole(role))) return refused('unknownRole');
      const [user] = await realm.people.find({ email });
      if (user && (await members.find({ user_id: user.id })).length > 0) return refused('alreadyMember');
      if (await isFull(email)) return refused('limitReached');
      const invitation = await tokens.mail({
        table: mailed,
        row: { role, invited_by: invitedBy },
        instead: { email },
        prefix: `i_${id}_`,
        page: `${realm.origin()}/account/invitation`,
        lasts: INVITED_FOR,
        notice: {
          kind: 'invitation',
          to: email,
          locale: user?.locale ?? locale,
          storeId: id,
          storeName: name,
        },
      });
      return ok(invitationInfo(invitation));
    },
    invitations: async () => (await open()).map(invitationInfo),
    async withdrawInvitation(id) {
      const withdrawn = await invitations.remove({ id });
      return withdrawn.length > 0 ? ok() : refused('notFound');
    },
    async acceptInvitation({ token, ...input }) {
      const store = await deps.common.tenancy.byId(storeOfToken('i', token) ?? 0);
      if (!store) return refused('invalidToken');
      return within({ store, plugin: undefined, transaction: undefined }, async () => {
        const token_hash = hashOf(token);
        const [invitation] = await invitations.find({ token_hash });
        if (!invitation || !isOpen(invitation)) return refused('invalidToken');
        const { locale, handle } = store.ref;
        const found = await findOrCreate({ ...input, email: invitation.email, locale });
        if (!found.ok) return found;
        return database.transaction(async () => {
          const [waiting] = await invitations.find({ token_hash }, 'for update');
          if (!waiting) return refused('invalidToken');
          const joined = await join(found.value.id, waiting.role!);
          if (!joined.ok) return joined;
          await invitations.remove({ id: waiting.id });
          return ok({ storeHandle: handle, user: found.value });
        });
      });
    },
  };
}

function invitationInfo({ id, email, role, expires_at }: OneUseToken): Invitation {
  return { id, email, role: role!, expiresAt: expires_at };
}
