import { route, Type } from 'kontor/sdk';
import { NOT_FOUND, notFound } from './not-found.ts';
import { Email, Address, Manual, OrderId, Page, PaymentState, State } from './schemas.ts';

const team = { surface: 'store', access: { permission: 'orders.read' } } as const;
const write = { surface: 'store', access: { permission: 'orders.write' }, transaction: true } as const;

export const listOrders = route({
  ...team,
  method: 'GET',
  path: '/orders',
  summary: 'Orders, newest first',
  query: Type.Object({
    ...Page,
    sort: Type.Optional(Type.Union([Type.Literal('newest'), Type.Literal('oldest')])),
    state: Type.Optional(State),
    paymentState: Type.Optional(PaymentState),
    customerId: Type.Optional(Type.Integer({ minimum: 1 })),
    email: Type.Optional(Email),
    text: Type.Optional(Type.String({ maxLength: 100 })),
    tag: Type.Optional(Type.String({ maxLength: 60 })),
    from: Type.Optional(Type.String({ format: 'date-time' })),
    to: Type.Optional(Type.String({ format: 'date-time' })),
  }),
  async handler({ query: { from, to, ...query } }, { orders }) {
    const span = { ...(from ? { from: new Date(from) } : {}), ...(to ? { to: new Date(to) } : {}) };
    const { orders: items, next } = await orders.list({ ...query, ...span });
    return { items, next };
  },
});

export const readOrder = route({
  ...team,
  method: 'GET',
  path: '/orders/:id',
  summary: 'One order with lines, totals, shipments and refunds',
  params: OrderId,
  refusals: notFound,
  async handler({ params: { id } }, { orders }) {
    const order = await orders.find(id);
    if (!order) return NOT_FOUND;
    return { ...order, fulfilments: await orders.fulfilments(id), refunds: await orders.refunds(id) };
  },
});

export const readTimeline = route({
  ...team,
  method: 'GET',
  path: '/orders/:id/timeline',
  summary: 'What happened to an order, oldest first',
  params: OrderId,
  refusals: notFound,
  async handler({ params: { id } }, { orders }) {
    const events = await orders.timeline(id);
    return events.length > 0 ? { items: events } : NOT_FOUND;
  },
});

export const recomputeOrder = route({
  ...team,
  method: 'GET',
  path: '/orders/:id/recompute',
  summary: 'Works the totals out again and says whether they are as stored',
  params: OrderId,
  refusals: notFound,
  handler: ({ params: { id } }, { orders }) => orders.recompute(id),
});

export const createOrder = route({
  ...write,
  method: 'POST',
  path: '/orders',
  summary: 'Places an order of the team, e.g. one by telephone',
  body: Manual,
  refusals: { outOfStock: 409, limitReached: 403 },
  async handler({ body, reply }, { orders }) {
    const created = await orders.create(body);
    if (created.ok) reply.status(201);
    return created;
  },
});

export const editOrder = route({
  ...write,
  method: 'PATCH',
  path: '/orders/:id',
  summary: 'Corrects contact and addresses until something is shipped',
  params: OrderId,
  body: Type.Object({
    version: Type.Integer({ minimum: 1 }),
    email: Type.Optional(Email),
    shipTo: Type.Optional(Address),
    billTo: Type.Optional(Address),
    note: Type.Optional(Type.String({ maxLength: 5000 })),
  }),
  refusals: { notFound: 404, changed: 409, shipped: 409 },
  handler: ({ params: { id }, body }, { orders }) => orders.edit(id, body),
});
