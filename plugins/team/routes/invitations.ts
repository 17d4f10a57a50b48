import { refused, route, Type } from 'kontor/sdk';
import { reachOf } from '../services/reach.ts';
import { byId, MANAGE, READ, roleCode } from './shared.ts';

const HOUR = 3_600_000;

export const listInvitations = route({
  method: 'GET',
  path: '/team/invitations',
  surface: 'store',
  access: READ,
  summary: 'Invitations that wait for an answer',
  handler: async (_, { team }) => ({ invitations: await team.invitations() }),
});

export const invite = route({
  method: 'POST',
  path: '/team/invitations',
  surface: 'store',
  access: MANAGE,
  summary: 'Mails an invitation; one sent before to the same address ends',
  rateLimit: { max: 50, window: HOUR, per: 'store' },
  body: Type.Object({ email: Type.String({ format: 'email', maxLength: 254 }), role: roleCode }),
  refusals: { alreadyMember: 409, limitReached: 409, beyondYourRole: 403, personNeeded: 403 },
  async handler({ actor, body, reply }, services) {
    // Who is invited must be able to ask somebody back, and not an admin who acts as that person for an hour.
    if (actor.kind !== 'user' || actor.impersonation) return refused('personNeeded');
    const covered = await (await reachOf(actor, services)).coversRole(body.role);
    if (!covered.ok) return covered;
    const invited = await services.team.invite({ ...body, invitedBy: actor.userId });
    if (invited.ok) reply.status(201);
    return invited;
  },
});

export const withdrawInvitation = route({
  method: 'DELETE',
  path: '/team/invitations/:id',
  surface: 'store',
  access: MANAGE,
  summary: 'Takes an invitation back',
  params: byId,
  refusals: { notFound: 404 },
  handler: ({ params }, { team }) => team.withdrawInvitation(params.id),
});
