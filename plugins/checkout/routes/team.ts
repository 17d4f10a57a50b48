import { type Cradle, defineRoutes, ok, type ReturnedPayment, route, Type } from 'kontor/sdk';
import { checkoutSettings } from '../services/settings.ts';

const readers = { surface: 'store', access: { permission: 'checkout.read' } } as const;
const TIME_AND_ID = '^\\d{1,15}\\.\\d{1,15}$'; // milliseconds, id of a cart

type Unfinished = { cartId: number; email: string; total: number | null; currency: string | null; at: Date };

const listCheckouts = route({
  ...readers,
  method: 'GET',
  path: '/checkouts',
  summary: 'Checkouts that became no order, newest first; `refused` ones had their payment given back',
  query: Type.Object({
    state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('refused')])),
    cursor: Type.Optional(Type.String({ pattern: TIME_AND_ID })),
    limit: Type.Integer({ minimum: 1, maximum: 100, default: 24 }),
  }),
  async handler({ query }, services) {
    const { state = 'refused', cursor, limit } = query;
    const rows = await (state === 'refused' ? refusedOnes : openOnes)(services, { cursor, limit: limit + 1 });
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, next: last ? `${last.at.getTime()}.${last.cartId}` : null };
  },
});

type Page = { cursor: string | undefined; limit: number };

/** Money went back: what for, and to whom. */
function refusedOnes(
  { database, stores }: Cradle,
  page: Page,
): Promise<(Unfinished & { returned: ReturnedPayment })[]> {
  return database.query(
    `select cart_id as "cartId", coalesce(agreed ->> 'email', email) as email, (agreed ->> 'total')::bigint as total,
       agreed ->> 'currency' as currency, returned -> -1 as returned, returned_at as at
     from checkout.checkouts where store_id = $1 and returned_at is not null and (returned_at, cart_id) < ($2, $3)
     order by returned_at desc, cart_id desc limit $4`,
    [stores.current().id, ...startOf(page), page.limit],
  );
}

/** Carts that somebody left an address for; whether they were ordered, `orders` knows. */
function openOnes({ database, stores }: Cradle, page: Page): Promise<Unfinished[]> {
  return database.query(
    `select cart_id as "cartId", email, (agreed ->> 'total')::bigint as total, agreed ->> 'currency' as currency,
       updated_at as at
     from checkout.checkouts where store_id = $1 and order_id is null and email <> '' and (updated_at, cart_id) < ($2, $3)
     order by updated_at desc, cart_id desc limit $4`,
    [stores.current().id, ...startOf(page), page.limit],
  );
}

function startOf({ cursor }: Page): [Date | 'infinity', number] {
  const [time, id] = cursor?.split('.').map(Number) ?? [];
  return time === undefined ? ['infinity', 0] : [new Date(time), id!];
}

const readSettings = route({
  ...readers,
  method: 'GET',
  path: '/checkout/settings',
  summary: 'How the checkout looks and what it asks',
  handler: (_, services) => checkoutSettings(services),
});

const changeSettings = route({
  surface: 'store',
  access: { permission: 'checkout.manage' },
  method: 'PATCH',
  path: '/checkout/settings',
  summary: 'Changes them; null takes a value back to what the platform has',
  body: Type.Record(
    Type.String({ maxLength: 40 }),
    Type.Union([Type.String(), Type.Boolean(), Type.Integer(), Type.Null()]),
  ),
  async handler({ body }, services) {
    const kept = await services.settings.set(body);
    return kept.ok ? ok(await checkoutSettings(services)) : kept;
  },
});

export const teamRoutes = defineRoutes([listCheckouts, readSettings, changeSettings]);
