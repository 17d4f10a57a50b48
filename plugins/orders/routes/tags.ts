import { ok, route, Type } from 'kontor/sdk';
import { NOT_FOUND, notFound } from './not-found.ts';
import { OrderId, Tags } from './schemas.ts';

const OrderIds = Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 1000 });
const store = { surface: 'store', transaction: true } as const;

export const tagOrder = route({
  ...store,
  access: { permission: 'orders.write' },
  method: 'PUT',
  path: '/orders/:id/tags',
  summary: 'Gives an order these tags and no others',
  params: OrderId,
  body: Type.Object({ tags: Tags }),
  refusals: notFound,
  async handler({ params: { id }, body }, { orders }) {
    const tagged = await orders.tag(id, body.tags);
    return tagged.ok ? ok({ tags: tagged.value }) : tagged;
  },
});

export const tagMany = route({
  ...store,
  access: { permission: 'orders.write' },
  feature: 'orders.bulk',
  method: 'POST',
  path: '/orders/bulk/tags',
  summary: 'Adds tags to many orders, or takes them away, as a job',
  body: Type.Object({
    orderIds: OrderIds,
    action: Type.Union([Type.Literal('tag'), Type.Literal('untag')]),
    tags: Tags,
  }),
  async handler({ body, reply }, { orders }) {
    reply.status(202);
    return { jobId: await orders.changeMany(body) };
  },
});

export const shipMany = route({
  ...store,
  access: { permission: 'orders.fulfil' },
  feature: 'orders.bulk',
  method: 'POST',
  path: '/orders/bulk/handling',
  summary: 'Marks many orders as shipped or delivered, as a job',
  body: Type.Object({
    orderIds: OrderIds,
    action: Type.Union([Type.Literal('ship'), Type.Literal('deliver')]),
  }),
  async handler({ body, reply }, { orders }) {
    reply.status(202);
    return { jobId: await orders.changeMany({ ...body, tags: [] }) };
  },
});

export const readJob = route({
  surface: 'store',
  access: { permission: 'orders.read' },
  method: 'GET',
  path: '/orders/bulk/:job',
  summary: 'How far a change to many orders is',
  params: Type.Object({ job: Type.String({ maxLength: 60 }) }),
  refusals: notFound,
  async handler({ params }, { jobs }) {
    const job = await jobs.find(params.job);
    return job?.name === 'orders.change-many' ? job : NOT_FOUND;
  },
});
