import { ok, refused, route, Type } from 'kontor/sdk';
import { adjust } from '../actions/adjust.ts';
import { changeItem } from '../actions/change-item.ts';
import { count } from '../actions/count.ts';
import { transfer } from '../actions/transfer.ts';
import { isVariant } from '../services/is-variant.ts';
import { listStock, readStock } from '../services/list-stock.ts';
import { answer, id, lines, page, pageOf, pieces, reason, toRead, toWrite } from './shapes.ts';

const byVariant = Type.Object({ variantId: id });

const listLevels = route({
  ...toRead,
  method: 'GET',
  path: '/inventory/levels',
  summary: 'Stock by variant; of a product or a text also of variants that are not tracked',
  query: Type.Object({
    ...page,
    productId: Type.Optional(id),
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    locationId: Type.Optional(id),
    isLow: Type.Optional(Type.Boolean()),
  }),
  async handler({ query: { cursor, limit, ...filters } }, services) {
    const {
      from,
      limit: rows,
      most,
    } = pageOf({ ...(cursor ? { cursor } : {}), ...(limit ? { limit } : {}) });
    const stock = await listStock(services, { ...filters, ...(from ? { after: from } : {}), limit: rows });
    return answer(stock, most, ({ variantId }) => variantId);
  },
});

const readLevel = route({
  ...toRead,
  method: 'GET',
  path: '/inventory/levels/:variantId',
  summary: 'Stock of one variant that is tracked, by location',
  params: byVariant,
  refusals: { notTracked: 404 },
  async handler({ params }, services) {
    const [item] = await readStock(services, [params.variantId]);
    return item?.isTracked ? ok(item) : refused('notTracked', params);
  },
});

const countLevel = route({
  ...toWrite,
  method: 'PUT',
  path: '/inventory/levels/:variantId',
  summary: 'Says what was counted at a location, the default one when none is named; tracked from then on',
  params: byVariant,
  body: Type.Object({
    onHand: pieces,
    locationId: Type.Optional(id),
    wasOnHand: Type.Optional(Type.Integer({ minimum: 0, description: 'what was shown before the count' })),
    reason: Type.Optional(reason),
  }),
  refusals: { unknownVariant: 404, changed: 409 },
  async handler({ params: { variantId }, body }, services) {
    if (!(await isVariant(services, [variantId]))) return refused('unknownVariant', { variantId });
    const counted = await count(services, { reason: '', ...body, variantId });
    return counted.ok ? ok((await readStock(services, [variantId]))[0]) : counted;
  },
});

const adjustLevel = route({
  ...toWrite,
  method: 'POST',
  path: '/inventory/levels/:variantId/adjust',
  summary: 'More or less at a location, the default one when none is named',
  params: byVariant,
  body: Type.Object({
    change: Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000, examples: [-1] }),
    locationId: Type.Optional(id),
    reason: Type.Optional(reason),
  }),
  refusals: { notTracked: 404, belowZero: 409 },
  async handler({ params: { variantId }, body }, services) {
    const done = await adjust(services, { reason: '', ...body, variantId });
    return done.ok ? ok((await readStock(services, [variantId]))[0]) : done;
  },
});

const changeLevel = route({
  ...toWrite,
  method: 'PATCH',
  path: '/inventory/levels/:variantId',
  summary: 'Whether it may be sold past zero, when it is low, and in which bins it lies',
  params: byVariant,
  body: Type.Object({
    isBackOrderAllowed: Type.Optional(Type.Boolean()),
    lowAt: Type.Optional(
      Type.Union([Type.Integer({ minimum: 0, maximum: 1_000_000 }), Type.Null()], {
        description: 'null takes the setting',
      }),
    ),
    bins: Type.Optional(
      Type.Array(Type.Object({ locationId: id, bin: Type.String({ maxLength: 50 }) }), { maxItems: 100 }),
    ),
  }),
  refusals: { notTracked: 404, notThere: 404 },
  async handler({ params: { variantId }, body }, services) {
    const done = await changeItem(services, variantId, body);
    return done.ok ? ok((await readStock(services, [variantId]))[0]) : done;
  },
});

const untrackLevel = route({
  ...toWrite,
  method: 'DELETE',
  path: '/inventory/levels/:variantId',
  summary: 'Stops tracking: it can always be sold from then on',
  params: byVariant,
  refusals: { notTracked: 404 },
  async handler({ params: { variantId } }, { inventory }) {
    const level = (await inventory.levels([variantId])).get(variantId);
    if (!level?.isTracked) return refused('notTracked', { variantId });
    await inventory.untrack([variantId]);
    return ok();
  },
});

const transferStock = route({
  ...toWrite,
  method: 'POST',
  path: '/inventory/transfers',
  summary: 'Carries stock that nobody holds to another location, all lines or none',
  body: Type.Object({ from: id, to: id, lines, reason: Type.Optional(reason) }),
  refusals: { notEnough: 409 },
  handler: ({ body }, services) => transfer(services, { reason: '', ...body }),
});

export const levelRoutes = [
  listLevels,
  readLevel,
  adjustLevel,
  transferStock,
  countLevel,
  changeLevel,
  untrackLevel,
];
