import { ok, refused, route, Type } from 'kontor/sdk';
import { aPlugin } from './support.ts';

const id = Type.Object({ id: Type.Integer() });
const permission = (code: string) => ({ code, title: code, presets: [] });
const manifest = {
  permissions: [permission('notes.read'), permission('notes.write'), permission('notes.burn')],
  features: [
    { code: 'notes.print', title: 'Print' },
    { code: 'notes.bind', title: 'Bind' },
  ],
};

/** A plugin with a route on every surface, each answering who came and where. */
export function notesPlugin() {
  const whoAndWhere = ({ actor, locale }: { actor: unknown; locale: string }) => ({ actor, locale });
  return aPlugin(
    'notes',
    [
      route({
        method: 'GET',
        path: '/notes/:id',
        surface: 'store',
        access: { permission: 'notes.read' },
        params: id,
        query: Type.Object({ limit: Type.Optional(Type.Integer({ maximum: 100, default: 20 })) }),
        handler: ({ params, query, store }) => ok({ id: params.id, limit: query.limit, store: store.handle }),
      }),
      route({
        method: 'POST',
        path: '/notes',
        surface: 'store',
        access: { permission: 'notes.write' },
        body: Type.Object({
          text: Type.String({ minLength: 1 }),
          copies: Type.Optional(Type.Integer({ minimum: 1 })),
          place: Type.Optional(Type.Object({ shelf: Type.String() })),
        }),
        refusals: { taken: 409 },
        bodyLimit: 2000,
        handler: ({ body, reply }) => {
          if (body.text === 'taken') return refused('taken', { by: 'another' });
          reply.status(201);
          return ok(body);
        },
      }),
      route({
        method: 'DELETE',
        path: '/notes/:id',
        surface: 'store',
        access: { permission: 'notes.burn' },
        params: id,
        handler: () => undefined,
      }),
      route({ method: 'GET', path: '/me', surface: 'store', access: 'user', handler: whoAndWhere }),
      route({
        method: 'GET',
        path: '/print',
        surface: 'store',
        access: 'user',
        feature: 'notes.print',
        handler: () => 'printed',
      }),
      route({
        method: 'GET',
        path: '/bind',
        surface: 'store',
        access: 'user',
        feature: 'notes.bind',
        handler: () => 'bound',
      }),
      route({ method: 'GET', path: '/notes', surface: 'admin', access: 'admin', handler: whoAndWhere }),
      route({ method: 'GET', path: '/notes', surface: 'account', access: 'user', handler: whoAndWhere }),
      route({ method: 'POST', path: '/sign-in', surface: 'account', access: 'anyone', handler: signIn }),
      route({ method: 'POST', path: '/sign-out', surface: 'account', access: 'user', handler: signOut }),
      route({ method: 'GET', path: '/notes', surface: 'platform', access: 'anyone', handler: whoAndWhere }),
      route({ method: 'GET', path: '/me', surface: 'shop', access: 'customer', handler: whoAndWhere }),
      route({ method: 'POST', path: '/sign-in', surface: 'shop', access: 'anyone', handler: signIn }),
      route({ method: 'POST', path: '/me', surface: 'shop', access: 'customer', handler: whoAndWhere }),
      route({ method: 'GET', path: '/', surface: 'storefront', access: 'anyone', handler: whoAndWhere }),
      route({
        method: 'POST',
        path: '/cart/add',
        surface: 'storefront',
        access: 'anyone',
        csrf: 'origin',
        body: Type.Object({
          id: Type.Integer(),
          ids: Type.Optional(Type.Array(Type.Integer())),
          attributes: Type.Optional(Type.Record(Type.String(), Type.String())),
        }),
        handler: ({ body }) => body,
      }),
      route({
        method: 'POST',
        path: '/events',
        surface: 'hooks',
        access: 'provider',
        handler: ({ rawBody, actor }) => ({ bytes: rawBody.toString('utf8'), actor: actor.kind }),
      }),
    ],
    manifest,
  );
}

type Reply = { reply: import('kontor/sdk').RouteReply };
const signIn = ({ reply }: Reply) => {
  reply.session({ token: 'fresh', csrfToken: 'c', expiresAt: new Date('2027-01-01T00:00:00Z') });
};
const signOut = ({ reply }: Reply) => {
  reply.endSession();
};
