import { route, Type } from 'kontor/sdk';
import { NOT_FOUND, notFound } from './not-found.ts';
import { Manual, OrderId, Page } from './schemas.ts';

const read = { surface: 'store', access: { permission: 'orders.read' } } as const;
const write = { surface: 'store', access: { permission: 'orders.write' }, transaction: true } as const;

export const listDrafts = route({
  ...read,
  method: 'GET',
  path: '/draft-orders',
  summary: 'Orders of the team that are not placed yet, last changed first',
  query: Type.Object(Page),
  async handler({ query }, { draftOrders }) {
    const { drafts: items, next } = await draftOrders.list(query);
    return { items, next };
  },
});

export const readDraft = route({
  ...read,
  method: 'GET',
  path: '/draft-orders/:id',
  summary: 'A draft order, with what it would cost now, or why it cannot be placed',
  params: OrderId,
  refusals: notFound,
  async handler({ params: { id } }, { draftOrders }) {
    const draft = await draftOrders.find(id);
    if (!draft) return NOT_FOUND;
    const totals = await draftOrders.totals(draft.order);
    return totals.ok
      ? { ...draft, totals: totals.value, fault: null }
      : { ...draft, totals: null, fault: { code: totals.refusal, ...totals.details } };
  },
});

export const createDraft = route({
  ...write,
  method: 'POST',
  path: '/draft-orders',
  summary: 'Keeps an order to be placed later',
  body: Manual,
  async handler({ body, reply }, { draftOrders }) {
    reply.status(201);
    return draftOrders.save(body);
  },
});

export const changeDraft = route({
  ...write,
  method: 'PUT',
  path: '/draft-orders/:id',
  summary: 'Changes a draft order',
  params: OrderId,
  body: Type.Object({ version: Type.Integer({ minimum: 1 }), order: Manual }),
  refusals: { ...notFound, changed: 409 },
  handler: ({ params: { id }, body: { version, order } }, { draftOrders }) =>
    draftOrders.save(order, { id, version }),
});

export const removeDraft = route({
  ...write,
  method: 'DELETE',
  path: '/draft-orders/:id',
  summary: 'Throws a draft order away',
  params: OrderId,
  refusals: notFound,
  handler: ({ params: { id } }, { draftOrders }) => draftOrders.remove(id),
});

export const placeDraft = route({
  ...write,
  method: 'POST',
  path: '/draft-orders/:id/place',
  summary: 'Places a draft order',
  params: OrderId,
  refusals: { ...notFound, outOfStock: 409, limitReached: 403 },
  async handler({ params: { id }, reply }, { draftOrders }) {
    const placed = await draftOrders.place(id);
    if (placed.ok) reply.status(201);
    return placed;
  },
});
