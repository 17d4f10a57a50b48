import { refused, route, Type } from 'kontor/sdk';
import { reachOf } from '../services/reach.ts';
import { API_KEYS, byId, permissions, title } from './shared.ts';

export const listKeys = route({
  method: 'GET',
  path: '/team/api-keys',
  surface: 'store',
  access: API_KEYS,
  summary: 'Keys of this store, never their secrets',
  handler: async (_, { team }) => ({ apiKeys: await team.apiKeys() }),
});

export const createKey = route({
  method: 'POST',
  path: '/team/api-keys',
  surface: 'store',
  access: API_KEYS,
  summary: 'Makes a key with some of one’s own permissions; the secret is shown once',
  body: Type.Object({
    name: title,
    scopes: permissions,
    expiresAt: Type.Optional(Type.String({ format: 'date-time' })),
  }),
  refusals: { beyondYourRole: 403, personNeeded: 403 },
  async handler({ actor, body: { name, scopes, expiresAt }, reply }, services) {
    // A key ends with the account of who made it, so that a program cannot make itself another one.
    // Nor one that outlives the hour of an admin who acts as that person.
    if (actor.kind !== 'user' || actor.impersonation) return refused('personNeeded');
    const covered = (await reachOf(actor, services)).covers(scopes);
    if (!covered.ok) return covered;
    const until = expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt) };
    const created = await services.team.createApiKey({ name, scopes, ...until });
    // The secret must not lie in any cache or log on its way.
    if (created.ok) reply.status(201).header('cache-control', 'no-store');
    return created;
  },
});

export const revokeKey = route({
  method: 'DELETE',
  path: '/team/api-keys/:id',
  surface: 'store',
  access: API_KEYS,
  summary: 'Ends a key at once',
  params: byId,
  refusals: { notFound: 404 },
  handler: ({ params }, { team }) => team.revokeApiKey(params.id),
});
