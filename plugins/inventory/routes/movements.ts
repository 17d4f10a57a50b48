import { route, Type } from 'kontor/sdk';
import { listHolds } from '../services/list-holds.ts';
import { listMovements } from '../services/list-movements.ts';
import { answer, id, page, pageOf, toRead } from './shapes.ts';

const HOUR = 3_600_000; // ms

const readMovements = route({
  ...toRead,
  method: 'GET',
  path: '/inventory/movements',
  summary: 'What happened to stock, newest first',
  query: Type.Object({
    ...page,
    variantId: Type.Optional(id),
    locationId: Type.Optional(id),
    reference: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'e.g. cart:12' })),
    kind: Type.Optional(Type.String({ maxLength: 20 })),
  }),
  async handler({ query: { cursor, limit, ...filters } }, services) {
    const {
      from,
      limit: rows,
      most,
    } = pageOf({ ...(cursor ? { cursor } : {}), ...(limit ? { limit } : {}) });
    const movements = await listMovements(services, {
      ...filters,
      ...(from ? { before: from } : {}),
      limit: rows,
    });
    return answer(movements, most, (movement) => movement.id);
  },
});

const verifyStock = route({
  ...toRead,
  method: 'GET',
  path: '/inventory/verify',
  summary: 'Plays all movements again and says where stock differs from them',
  rateLimit: { max: 60, window: HOUR, per: 'store' },
  handler: (_, { inventory }) => inventory.verify(),
});

const readHolds = route({
  ...toRead,
  method: 'GET',
  path: '/inventory/holds',
  summary: 'Who holds a variant: carts that are being paid, orders that are not sent yet',
  query: Type.Object({
    variantId: id,
    cursor: Type.Optional(Type.String({ maxLength: 200, description: '`next` of the page before' })),
    limit: page.limit,
  }),
  async handler({ query: { variantId, cursor, limit } }, services) {
    const { limit: rows, most } = pageOf(limit ? { limit } : {});
    const holds = await listHolds(services, { variantId, ...(cursor ? { after: cursor } : {}), limit: rows });
    return answer(holds, most, ({ reference }) => reference);
  },
});

export const movementRoutes = [readMovements, readHolds, verifyStock];
