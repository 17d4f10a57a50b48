import { ok, refused, route, Type } from 'kontor/sdk';
import { forAdmins, id } from './shared.ts';

const time = Type.String({ format: 'date-time' });

export const deadLetters = route({
  ...forAdmins,
  method: 'GET',
  path: '/events/dead-letters',
  summary: 'Deliveries that were given up, newest first',
  query: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) }),
  handler: async ({ query }, { administration }) => ({
    deliveries: await administration.events.deadLetters(query),
  }),
});

export const retryDelivery = route({
  ...forAdmins,
  method: 'POST',
  path: '/events/dead-letters/:storeId/:id/retry',
  summary: 'Delivers one again',
  params: Type.Object({ storeId: id, id }),
  refusals: { notDead: 409 },
  handler: async ({ params }, { administration }) =>
    (await administration.events.retryDelivery(params.storeId, params.id)) ? ok() : refused('notDead'),
});

export const replay = route({
  ...forAdmins,
  method: 'POST',
  path: '/events/replay',
  summary: 'Delivers the events of a span of time again, to one plugin or to all',
  body: Type.Object({
    storeId: id,
    from: time,
    to: time,
    plugin: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
  }),
  handler: async ({ body: { from, to, ...what } }, { administration }) => ({
    deliveries: await administration.events.replay({ ...what, from: new Date(from), to: new Date(to) }),
  }),
});

export const hookOrder = route({
  ...forAdmins,
  method: 'GET',
  path: '/hooks',
  summary: 'Handlers by hook, in the order they run',
  handler: (_request, { administration }) => ({ hooks: administration.events.order() }),
});
