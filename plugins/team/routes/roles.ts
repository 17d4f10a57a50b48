import { route, Type } from 'kontor/sdk';
import { reachOf } from '../services/reach.ts';
import { byCode, MANAGE, permissions, READ, title } from './shared.ts';

export const listRoles = route({
  method: 'GET',
  path: '/team/roles',
  surface: 'store',
  access: READ,
  summary: 'Presets and the store’s own roles, with what each may do',
  handler: async (_, { team }) => ({ roles: await team.roles() }),
});

export const saveRole = route({
  method: 'PUT',
  path: '/team/roles/:code',
  surface: 'store',
  access: MANAGE,
  feature: 'team.roles',
  summary: 'Makes or changes a role of the store’s own',
  params: byCode,
  body: Type.Object({ title, permissions }),
  refusals: { presetRole: 409, beyondYourRole: 403 },
  async handler({ actor, params: { code }, body }, services) {
    const reach = await reachOf(actor, services);
    // What it may do now, too: a role beyond one's own is not taken from others.
    for (const covered of [await reach.coversRole(code), reach.covers(body.permissions)]) {
      if (!covered.ok) return covered;
    }
    return services.team.saveRole({ code, ...body });
  },
});

export const removeRole = route({
  method: 'DELETE',
  path: '/team/roles/:code',
  surface: 'store',
  access: MANAGE,
  summary: 'Removes a role that nobody has',
  params: byCode,
  refusals: { notFound: 404, inUse: 409, presetRole: 409, beyondYourRole: 403 },
  async handler({ actor, params: { code } }, services) {
    const covered = await (await reachOf(actor, services)).coversRole(code);
    return covered.ok ? services.team.removeRole(code) : covered;
  },
});
