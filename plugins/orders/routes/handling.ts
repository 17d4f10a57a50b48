import { route, Type } from 'kontor/sdk';
import { NOT_FOUND, notFound } from './not-found.ts';
import { LineQuantities, OrderId } from './schemas.ts';

const read = { surface: 'store', access: { permission: 'orders.read' } } as const;
const fulfil = { surface: 'store', access: { permission: 'orders.fulfil' }, transaction: true } as const;
const write = { surface: 'store', access: { permission: 'orders.write' }, transaction: true } as const;

export const listFulfilments = route({
  ...read,
  method: 'GET',
  path: '/orders/:id/fulfilments',
  summary: 'What was sent of an order',
  params: OrderId,
  refusals: notFound,
  async handler({ params: { id } }, { orders }) {
    return (await orders.find(id)) ? { items: await orders.fulfilments(id) } : NOT_FOUND;
  },
});

export const shipOrder = route({
  ...fulfil,
  method: 'POST',
  path: '/orders/:id/fulfilments',
  summary: 'Sends an order, or part of it',
  params: OrderId,
  body: Type.Object({
    lines: Type.Optional(LineQuantities),
    carrier: Type.Optional(Type.String({ maxLength: 100 })),
    trackingNumber: Type.Optional(Type.String({ maxLength: 100 })),
    trackingUrl: Type.Optional(Type.String({ maxLength: 500, pattern: '^https?://[^\\s"<>]+$' })),
    notify: Type.Optional(Type.Boolean()),
    unpaid: Type.Optional(Type.Boolean()),
  }),
  refusals: { ...notFound, notShippable: 409, notPaid: 409 },
  async handler({ params: { id }, body, reply }, { orders }) {
    const shipped = await orders.ship(id, body);
    if (shipped.ok) reply.status(201);
    return shipped;
  },
});

export const deliverOrder = route({
  ...fulfil,
  method: 'POST',
  path: '/orders/:id/deliver',
  summary: 'Notes that everything has arrived',
  params: OrderId,
  refusals: { ...notFound, notShipped: 409 },
  handler: ({ params: { id } }, { orders }) => orders.deliver(id),
});

export const writeNote = route({
  ...write,
  method: 'POST',
  path: '/orders/:id/notes',
  summary: 'Keeps a note of the team in the timeline',
  params: OrderId,
  body: Type.Object({ text: Type.String({ minLength: 1, maxLength: 5000 }) }),
  refusals: notFound,
  async handler({ params: { id }, body, reply }, { orders }) {
    const noted = await orders.note(id, body.text);
    if (noted.ok) reply.status(201);
    return noted;
  },
});
