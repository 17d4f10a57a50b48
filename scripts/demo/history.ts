import type { Id, Order, OrderDraft, Payment, Product, Totals, TotalsInput } from 'kontor/sdk';
import { accepted } from '../cli/accepted.ts';
import type { DemoShop } from './data/index.ts';
import { chance, type Person, personOf } from './people.ts';
import type { ShopKeeper } from './shop-keeper.ts';

const HOUR = 3_600_000; // ms
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

type Ending =
  | 'delivered'
  | 'shipped'
  | 'partly'
  | 'processing'
  | 'pending'
  | 'cancelled'
  | 'refunded'
  | 'partly-refunded';

/**
 * A year of orders, in every state, by the same services that real ones go through: stock is held and leaves, money comes by
 * the test gateway and goes back. Nobody gets a mail.
 */
export async function liveThroughYear(
  keeper: ShopKeeper,
  input: { shop: DemoShop; products: readonly Product[]; now: Date },
): Promise<void> {
  const { shop, products, now } = input;
  const random = chance(shop.orders);
  const people = Array.from({ length: Math.ceil(shop.orders / 3) }, (_, number) => personOf(number, random));
  for (let number = 0; number < shop.orders; number += 1) {
    const time = timeOf(number, { count: shop.orders, now, random });
    const basket = basketOf(products, random);
    const person = people[Math.floor(random() ** 1.5 * people.length)]!;
    const ending = endingOf((now.getTime() - time) / DAY, random);
    const order = await sell(keeper, { number, person, basket, ending, at: new Date(time) });
    await whatFollows(keeper, { order, ending, now });
  }
}

/** More of them towards the end of the year, a fifth in the last week, and by day. */
function timeOf(
  number: number,
  { count, now, random }: { count: number; now: Date; random: () => number },
): number {
  const week = Math.ceil(count / 5);
  const isLate = number >= count - week;
  const share = isLate
    ? 1 - (7 * DAY * (1 - (number - count + week + random()) / week)) / YEAR
    : ((number + random()) / (count - week)) ** 0.8 * (1 - (7 * DAY) / YEAR);
  const day = Math.floor((now.getTime() - YEAR + share * YEAR) / DAY) * DAY;
  return Math.min(day + (7 + random() * 14) * HOUR, now.getTime() - 2 * HOUR);
}

/** What is old is done with; what is young is on its way. */
function endingOf(daysAgo: number, random: () => number): Ending {
  const luck = random();
  if (luck < 0.04) return 'cancelled';
  if (daysAgo < 2) return luck < 0.3 ? 'pending' : 'processing';
  if (daysAgo < 6) return luck < 0.25 ? 'processing' : luck < 0.45 ? 'partly' : 'shipped';
  if (luck < 0.08) return 'refunded';
  return luck < 0.12 ? 'partly-refunded' : 'delivered';
}

const SETTLED: ReadonlySet<Ending> = new Set([
  'delivered',
  'shipped',
  'partly',
  'cancelled',
  'refunded',
  'partly-refunded',
]);

type Basket = readonly { product: Product; variant: Product['variants'][0]; quantity: number }[];

function basketOf(products: readonly Product[], random: () => number): Basket {
  const count = 1 + Math.floor(random() ** 2 * 4);
  const chosen = new Map<Id, Basket[0]>();
  while (chosen.size < count) {
    const product = products[Math.floor(random() * products.length)]!;
    const variant = product.variants[Math.floor(random() * product.variants.length)]!;
    chosen.set(variant.id, { product, variant, quantity: random() < 0.75 ? 1 : 2 });
  }
  return [...chosen.values()];
}

type Sale = { number: number; person: Person; basket: Basket; ending: Ending; at: Date };

async function sell(keeper: ShopKeeper, sale: Sale): Promise<Order> {
  const { number, person, basket, ending, at } = sale;
  const reference = `demo:${number}`;
  const lines = basket.map(({ variant, quantity }) => ({ variantId: variant.id, quantity }));
  const input = await priced(keeper, sale);
  const totals = await keeper.with('totals', async (totals) => totals.calculate(input));
  const isLater = ending === 'pending';
  // What was paid long ago came from elsewhere, as when a shop moves in.
  const payment = SETTLED.has(ending) ? undefined : await pay(keeper, { reference, person, totals, isLater });
  return keeper.with('orders', async (orders, { database, inventory, payments, customers: _ }) => {
    const placed = await database.transaction(async () => {
      accepted(`Stock of ${reference}`, await inventory.reserve({ reference, lines }));
      const order = accepted(
        `Order ${reference}`,
        await orders.place(draftOf({ sale, input, totals, payment, reference, at, isLater })),
      );
      if (payment) await payments.settle(payment.id, order.id);
      return order;
    });
    return (await orders.find(placed.id))!;
  });
}

/** Prices of the catalogue, tax of the day, post where it is not free. */
async function priced(keeper: ShopKeeper, { basket, person, at }: Sale): Promise<TotalsInput> {
  const { country, postalCode } = person.address;
  const decided = await keeper.with('tax', (tax) =>
    tax.decide({
      lines: basket.map(({ product }) => ({ taxClass: product.taxClass, kind: 'goods' as const })),
      shipTo: { country, postalCode },
      date: at,
    }),
  );
  const value = basket.reduce((sum, { variant, quantity }) => sum + variant.amount * quantity, 0);
  const amount = country === 'LU' ? (value >= 6000 ? 0 : 590) : value >= 12000 ? 0 : 1290;
  return {
    currency: 'EUR',
    taxIncluded: true,
    taxRounding: 'line',
    lines: basket.map(({ variant, quantity }, index) => ({
      key: String(index + 1),
      unitAmount: variant.amount,
      quantity,
      rateBps: decided.lines[index]!.rateBps,
    })),
    discounts: [],
    shipping: { title: 'Post', amount, rateBps: decided.shipping?.rateBps ?? null },
  };
}

async function pay(
  keeper: ShopKeeper,
  input: { reference: string; person: Person; totals: Totals; isLater: boolean },
): Promise<Payment> {
  const { reference, person, totals, isLater } = input;
  const started = await keeper.with('payments', (payments) =>
    payments.start({
      reference,
      method: isLater ? 'bank-transfer' : 'test-card',
      amount: { amount: totals.total, currency: totals.currency },
      email: person.email,
      returnUrl: 'http://localhost/',
      locale: person.locale,
      details: isLater ? {} : { card: '4242424242424242' },
    }),
  );
  return accepted(`Payment of ${reference}`, started).payment;
}

function draftOf(input: {
  sale: Sale;
  input: TotalsInput;
  totals: Totals;
  payment: Payment | undefined;
  reference: string;
  at: Date;
  isLater: boolean;
}): OrderDraft {
  const { sale, totals, payment, reference, at, isLater } = input;
  const { person, basket } = sale;
  return {
    ...(payment && { paymentId: payment.id }),
    paymentState: isLater ? 'pending' : !payment || payment.state === 'captured' ? 'paid' : 'authorised',
    paymentTitle: isLater ? 'Bank transfer' : 'Card',
    channel: 'web',
    customerId: null,
    email: person.email,
    locale: person.locale,
    currency: 'EUR',
    shipTo: person.address,
    billTo: person.address,
    shippingTitle: 'Post',
    totalsInput: input.input,
    totals,
    trace: [],
    lines: basket.map(({ product, variant, quantity }, index) => ({
      key: String(index + 1),
      variantId: variant.id,
      productId: product.id,
      title: product.title,
      variantTitle: variant.options.join(' / '),
      sku: variant.sku,
      options: product.options.map(({ name }, at) => ({ name, value: variant.options[at]! })),
      properties: {},
      picturePath: product.pictures[0]?.path ?? null,
      taxClass: product.taxClass,
      requiresShipping: true,
      weightGrams: variant.weightGrams,
      quantity,
      unitAmount: variant.amount,
    })),
    placedAt: at,
    notify: false,
    stockReference: reference,
  };
}

/** What happens to an order later: it goes out, arrives, is taken back. */
async function whatFollows(
  keeper: ShopKeeper,
  { order, ending, now }: { order: Order; ending: Ending; now: Date },
): Promise<void> {
  const { id, lines, placedAt } = order;
  const after = (milliseconds: number) => ({
    at: new Date(Math.min(placedAt.getTime() + milliseconds, now.getTime() - HOUR)),
  });
  const parcel = { ...after(DAY), carrier: 'Post', trackingNumber: `LU${1_000_000 + id}`, notify: false };
  const isSent = ['shipped', 'delivered', 'refunded', 'partly-refunded'].includes(ending);
  const isWhole = ending === 'refunded';
  await keeper.with('orders', async (orders) => {
    if (ending === 'cancelled') {
      const why = { ...after(3 * HOUR), reason: 'ordered by mistake', notify: false };
      accepted('Cancelling', await orders.cancel(id, why));
    }
    if (ending === 'partly') {
      const first = lines[0]!;
      const isSome = lines.length > 1 || first.quantity > 1;
      const some = isSome ? { lines: [{ lineId: first.id, quantity: 1 }] } : {};
      accepted('Shipping', await orders.ship(id, { ...parcel, ...some }));
    }
    if (isSent) accepted('Shipping', await orders.ship(id, parcel));
    if (isSent && ending !== 'shipped') accepted('Delivery', await orders.deliver(id, after(3 * DAY)));
    if (isWhole || ending === 'partly-refunded') {
      const back = (isWhole ? lines : lines.slice(0, 1)).map((line) => ({
        lineId: line.id,
        quantity: isWhole ? line.quantity : 1,
      }));
      const why = { restock: true, reason: 'did not fit', notify: false };
      accepted('Refund', await orders.refund(id, { lines: back, ...why }));
    }
  });
}
