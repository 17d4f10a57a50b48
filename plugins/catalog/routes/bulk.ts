import { route, Type } from 'kontor/sdk';
import { startBulk } from '../actions/start-bulk.ts';
import { cancelBulkRun, findBulkRun } from '../services/bulk-runs.ts';
import { byId, filters, MOST_AMOUNT, states } from './product-schemas.ts';

const toRead = { surface: 'store', access: { permission: 'catalog.read' } } as const;
const toWrite = { surface: 'store', access: { permission: 'catalog.write' } } as const;
const refusals = { notFound: 404, finished: 409 };
const line = Type.String({ maxLength: 255 });
const tags = Type.Array(line, { maxItems: 100 });
const showsOldPrice = Type.Optional(
  Type.Boolean({ description: 'the price until now becomes the compare-at price of what gets cheaper' }),
);

const change = Type.Object(
  {
    addTags: Type.Optional(tags),
    removeTags: Type.Optional(tags),
    state: Type.Optional(states),
    vendor: Type.Optional(line),
    type: Type.Optional(line),
    price: Type.Optional(
      Type.Union([
        Type.Object({
          bps: Type.Integer({
            minimum: -10_000,
            maximum: 100_000,
            description: 'basis points: -1000 is a tenth less',
          }),
          showsOldPrice,
        }),
        Type.Object({
          amount: Type.Integer({ minimum: -MOST_AMOUNT, maximum: MOST_AMOUNT }),
          showsOldPrice,
        }),
      ]),
    ),
  },
  { minProperties: 1 },
);

const startBulkChange = route({
  ...toWrite,
  method: 'POST',
  path: '/products/bulk',
  feature: 'catalog.bulk_edit',
  summary: 'Changes many products as a job; an empty `query` means all of them',
  body: Type.Object({
    query: Type.Object({
      ids: Type.Optional(Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 10_000 })),
      state: Type.Optional(states),
      ...filters,
    }),
    change,
  }),
  async handler({ body, reply }, services) {
    const started = await startBulk(services, body);
    reply.status(202);
    return started;
  },
});

const readBulkChange = route({
  ...toRead,
  method: 'GET',
  path: '/products/bulk/:id',
  summary: 'How far a change of many products came, and which products it could not be made for',
  params: byId,
  refusals,
  handler: ({ params }, services) => findBulkRun(services, params.id),
});

const cancelBulkChange = route({
  ...toWrite,
  method: 'DELETE',
  path: '/products/bulk/:id',
  summary: 'Stops it; what was changed stays changed',
  params: byId,
  refusals,
  handler: ({ params }, services) => cancelBulkRun(services, params.id),
});

export const bulkRoutes = [startBulkChange, readBulkChange, cancelBulkChange];
