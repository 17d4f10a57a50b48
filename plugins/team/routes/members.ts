import { type Actor, route, Type } from 'kontor/sdk';
import { reachOf } from '../services/reach.ts';
import { byUser, MANAGE, READ, roleCode } from './shared.ts';

export const myPlace = route({
  method: 'GET',
  path: '/team/me',
  surface: 'store',
  access: 'user',
  summary: 'The role of the signed-in person in this store, and what it may do',
  async handler({ actor, store }, { users }) {
    const memberships = await users.memberships(userIdOf(actor));
    const { role, permissions } = memberships.find(({ storeId }) => storeId === store.id)!;
    return { role, permissions };
  },
});

export const leave = route({
  method: 'POST',
  path: '/team/leave',
  surface: 'store',
  access: 'user',
  summary: 'Leaves the team; the last owner cannot',
  refusals: { notFound: 404, lastOwner: 409 },
  handler: ({ actor }, { team }) => team.remove(userIdOf(actor)),
});

export const listMembers = route({
  method: 'GET',
  path: '/team/members',
  surface: 'store',
  access: READ,
  summary: 'Who works for this store, and how many may',
  async handler(_, { features, team }) {
    const [members, limit] = await Promise.all([team.members(), features.limit('team.members')]);
    return { members, limit };
  },
});

export const changeRole = route({
  method: 'PATCH',
  path: '/team/members/:userId',
  surface: 'store',
  access: MANAGE,
  summary: 'Gives a member another role',
  params: byUser,
  body: Type.Object({ role: roleCode }),
  refusals: { notFound: 404, lastOwner: 409, beyondYourRole: 403 },
  async handler({ actor, params, body }, services) {
    const reach = await reachOf(actor, services);
    for (const covered of [await reach.coversMember(params.userId), await reach.coversRole(body.role)]) {
      if (!covered.ok) return covered;
    }
    return services.team.changeRole(params.userId, body.role);
  },
});

export const removeMember = route({
  method: 'DELETE',
  path: '/team/members/:userId',
  surface: 'store',
  access: MANAGE,
  summary: 'Takes a member out of the team',
  params: byUser,
  refusals: { notFound: 404, lastOwner: 409, beyondYourRole: 403 },
  async handler({ actor, params }, services) {
    const covered = await (await reachOf(actor, services)).coversMember(params.userId);
    return covered.ok ? services.team.remove(params.userId) : covered;
  },
});

function userIdOf(actor: Actor): number {
  if (actor.kind !== 'user') throw new TypeError(`Expected a signed-in person, got one ${actor.kind}`);
  return actor.userId;
}
