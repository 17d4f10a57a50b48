import { actorName, type Cradle, ok, type OrderDraft, refused } from 'kontor/sdk';
import { errors } from '../errors.ts';
import { nameOf, searchTextOf } from '../models/order.ts';
import { firstState } from '../models/states.ts';
import type { OrderSettings } from '../services/order-settings.ts';

const LIMIT = 'orders.per_month';

// The number is taken by the statement that writes the order, and that is the last one but the event: its row stays locked
// until the caller commits, so that numbers have no gaps and other orders of the store wait as short as can be.
const PLACE = `with taken as (
    insert into orders.series (store_id, prefix, next) values ($1, $2, $3::bigint + 1)
    on conflict (store_id, prefix) do update set next = greatest(series.next, $3::bigint) + 1
    returning next - 1 as number),
  placed as (
    insert into orders.orders (store_id, number, token, state, payment_state, channel, cart_id, payment_id, customer_id,
      email, name, search_text, locale, currency, ship_to, bill_to, shipping_title, payment_title, note, totals_input, totals,
      trace, total_amount, stock_reference, placed_at, changed_at, changed_by)
    select $1::bigint, $2::text || taken.number, $4::text, $5::text, $6::text, $7::text, $8::bigint, $9::bigint, $10::bigint,
      $11::text, $12::text, lower($2::text) || taken.number || $13::text, $14::text, $15::text, $16::jsonb, $17::jsonb,
      $18::text, $19::text, $20::text, $21::jsonb, $22::jsonb, $23::jsonb, $24::bigint, $25::text, $26::timestamptz,
      $27::timestamptz, $28::text
    from taken
    on conflict do nothing returning id, number, token),
  written as (
    insert into orders.lines (store_id, order_id, position, key, variant_id, product_id, title, variant_title, sku, options,
      properties, picture_path, tax_class, requires_shipping, weight_grams, quantity, unit_amount)
    select $1::bigint, placed.id, x.position, x.key, x."variantId", x."productId", x.title, x."variantTitle", x.sku, x.options,
      x.properties, x."picturePath", x."taxClass", x."requiresShipping", x."weightGrams", x.quantity, x."unitAmount"
    from placed, jsonb_to_recordset($29::jsonb) as x(position bigint, key text, "variantId" bigint, "productId" bigint,
      title text, "variantTitle" text, sku text, options jsonb, properties jsonb, "picturePath" text, "taxClass" text,
      "requiresShipping" boolean, "weightGrams" bigint, quantity bigint, "unitAmount" bigint)
    returning id),
  noted as (
    insert into orders.timeline (store_id, order_id, kind, actor, details, at)
    select $1::bigint, placed.id, 'placed', $28::text, jsonb_build_object('channel', $7::text), $26::timestamptz from placed
    returning id)
  select id, number, token from placed`;

const EXISTING = `select id, number, token from orders.orders
  where store_id = $1 and (cart_id = $2 or payment_id = $3) order by cart_id = $2 desc nulls last limit 1`;

type Needs = Pick<
  Cradle,
  'clock' | 'database' | 'events' | 'features' | 'hooks' | 'random' | 'settings' | 'stores'
>;
type Placed = { id: number; number: string; token: string };

/** Writes an order: three statements when nobody guards, one more when it is there already. */
export async function placeOrder(draft: OrderDraft, services: Needs) {
  const { database, events, features, hooks } = services;
  return database.transaction(async () => {
    const allowed = await hooks.guard('order.place', subjectOf(draft));
    if (!allowed.ok) return orExisting(draft, services, refused('refused', reasonOf(allowed)));
    const counts = countsNow(draft, services);
    const room = counts ? await features.use(LIMIT) : ok();
    if (!room.ok) return orExisting(draft, services, room);
    const order = await write(draft, services);
    if (!order) {
      if (counts) await features.release(LIMIT);
      const existing = await find(draft, services);
      if (!existing) throw new errors.ORDERS_ERR_LOST(draft.cartId, draft.paymentId);
      return ok({ ...existing, isNew: false });
    }
    const payload = {
      orderId: order.id,
      number: order.number,
      email: draft.email,
      customerId: draft.customerId,
      amount: draft.totals.total,
      currency: draft.currency,
      placedAt: (draft.placedAt ?? services.clock.now()).toISOString(),
      notify: draft.notify ?? draft.placedAt === undefined,
    };
    await events.emit('order.placed', payload, { entity: `order:${order.id}` });
    return ok({ ...order, isNew: true });
  });
}

function subjectOf({ email, customerId, currency, totals, lines }: OrderDraft) {
  const bought = lines.map(({ variantId, quantity }) => ({ variantId, quantity }));
  return { email, customerId, currency, amount: totals.total, lines: bought };
}

function reasonOf({ refusal, details }: { refusal: string; details: Readonly<Record<string, unknown>> }) {
  return { reason: refusal, ...details };
}

/** What was ordered stays ordered, whatever a guard or a limit says now. */
async function orExisting<Refusal>(draft: OrderDraft, services: Needs, refusal: Refusal) {
  const existing = await find(draft, services);
  return existing ? ok({ ...existing, isNew: false }) : refusal;
}

async function find(draft: OrderDraft, { database, stores }: Needs): Promise<Placed | undefined> {
  if (draft.cartId === undefined && draft.paymentId === undefined) return undefined;
  const values = [stores.current().id, draft.cartId ?? null, draft.paymentId ?? null];
  return (await database.query<Placed>(EXISTING, values))[0];
}

/** An order of an earlier month, e.g. one brought along from elsewhere, is not one of this month. */
function countsNow({ placedAt }: OrderDraft, { clock, stores }: Needs): boolean {
  if (!placedAt) return true;
  const { timeZone } = stores.current();
  const month = new Intl.DateTimeFormat('sv', { timeZone, year: 'numeric', month: '2-digit' });
  return month.format(placedAt) >= month.format(clock.now());
}

/** @returns undefined when the cart or the payment has an order; the number is given back then */
async function write(draft: OrderDraft, services: Needs): Promise<Placed | undefined> {
  const { clock, database, random, settings, stores } = services;
  const { numberPrefix, firstNumber } = await settings.get<OrderSettings>();
  const store = stores.current().id;
  const now = clock.now();
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  const email = draft.email.trim().toLowerCase();
  const lines = draft.lines.map((line, position) => ({ ...line, position }));
  const [placed] = await database.read<Placed>('place', PLACE, [
    ...[store, numberPrefix, firstNumber, random.token()],
    ...[firstState(draft.paymentState), draft.paymentState, draft.channel],
    ...[draft.cartId ?? null, draft.paymentId ?? null, draft.customerId, email],
    ...[nameOf(draft.billTo ?? draft.shipTo), searchTextOf({ ...draft, email, number: '' })],
    ...[draft.locale, draft.currency, json(draft.shipTo), json(draft.billTo)],
    ...[draft.shippingTitle, draft.paymentTitle, draft.note ?? ''],
    ...[json(draft.totalsInput), json(draft.totals), json(draft.trace), draft.totals.total],
    ...[draft.stockReference, draft.placedAt ?? now, now, actorName(stores.actor()), json(lines)],
  ]);
  if (!placed) {
    const giveBack = 'update orders.series set next = next - 1 where store_id = $1 and prefix = $2';
    await database.query(giveBack, [store, numberPrefix]);
  }
  return placed;
}
