import t from 'tap';
import type { Cradle, OrderDraft } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';
import { aDraft } from './drafts.ts';

const GUARD = new URL('./guard', import.meta.url);
const { clock, inStore, kernel, stores } = await startTestKernel(t, { plugins: ['orders', GUARD] });
const inA = <Value>(work: (services: Cradle) => Promise<Value>) => inStore('a', 'orders', work);
const inB = <Value>(work: (services: Cradle) => Promise<Value>) => inStore('b', 'orders', work);

async function place(change: Partial<OrderDraft> = {}, store: 'a' | 'b' = 'a') {
  return inStore(store, 'orders', ({ orders, totals }) => orders.place(aDraft(totals, change)));
}

async function placed(change: Partial<OrderDraft> = {}, store: 'a' | 'b' = 'a') {
  const result = await place(change, store);
  if (!result.ok) throw new Error(`${result.refusal} ${JSON.stringify(result.details)}`);
  return result.value;
}

t.test('places an order and finds it by id, token and cart, in its own store only', async (t) => {
  const { id, number, token } = await placed({ cartId: 7, note: 'Ring twice' });
  const order = await inA(({ orders }) => orders.find(id));

  t.match(order, {
    id,
    number,
    token,
    version: 1,
    state: 'processing',
    paymentState: 'paid',
    email: 'ada@example.lu',
    note: 'Ring twice',
    currency: 'EUR',
    totals: { total: 8238, tax: 1197, version: 1 },
    refundedAmount: 0,
    lines: [
      { key: 'mug', title: 'Mug', quantity: 2, unitAmount: 1999, shippedQuantity: 0, droppedQuantity: 0 },
      { key: 'lamp', title: 'Lamp', quantity: 1, unitAmount: 4500, refundedQuantity: 0 },
    ],
  });
  t.match(token, /^[\w-]{22}$/);
  t.same(await inA(({ orders }) => orders.byToken(token)), order);
  t.same(await inA(({ orders }) => orders.byCart(7)), order);
  for (const find of [
    inB(({ orders }) => orders.find(id)),
    inB(({ orders }) => orders.byToken(token)),
    inB(({ orders }) => orders.byCart(7)),
  ])
    t.equal(await find, undefined);
});

t.test('the same cart or payment gives the order that is there', async (t) => {
  const first = await placed({ cartId: 20, paymentId: 30 });

  t.same(await placed({ cartId: 20, paymentId: 31 }), { ...first, isNew: false });
  t.same(await placed({ cartId: 21, paymentId: 30 }), { ...first, isNew: false });
  t.equal((await placed({ cartId: 20 }, 'b')).isNew, true, 'another store has carts of its own');
});

t.test(
  'of twenty that place one cart at the same moment one makes the order, and no number is lost',
  async (t) => {
    const before = await placed();
    const all = await Promise.all(Array.from({ length: 20 }, () => placed({ cartId: 40, paymentId: 41 })));
    const after = await placed();

    t.equal(all.filter(({ isNew }) => isNew).length, 1);
    t.equal(new Set(all.map(({ id }) => id)).size, 1);
    t.equal(numberOf(after), numberOf(before) + 2);
  },
);

t.test('numbers of a store have no gap, though transactions are taken back', async (t) => {
  const before = await placed();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 30 }, (_, index) =>
      inA(({ database, orders, totals }) =>
        database.transaction(async () => {
          const result = await orders.place(aDraft(totals));
          if (index % 3 === 0) throw new Error('taken back');
          return result.ok ? result.value.number : '';
        }),
      ),
    ),
  );
  const numbers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));

  const first = numberOf(before) + 1;
  t.same(
    numbers.map((number) => Number(number.slice(1))).sort((one, other) => one - other),
    Array.from({ length: 20 }, (_, index) => first + index),
  );
});

t.test('another prefix begins another series, a higher first number goes on from there', async (t) => {
  const set = (change: Record<string, string | number | null>) => inB(({ settings }) => settings.set(change));
  const number = async () => (await placed({}, 'b')).number;
  t.teardown(() => set({ numberPrefix: null, firstNumber: null }));

  t.match(await set({ numberPrefix: 'B-', firstNumber: 5 }), { ok: true });
  t.same([await number(), await number()], ['B-5', 'B-6']);
  await set({ firstNumber: 100 });
  t.same([await number(), await number()], ['B-100', 'B-101']);
  await set({ firstNumber: 1 });
  t.equal(await number(), 'B-102', 'numbers never go back');
  t.match(await set({ numberPrefix: 'B1' }), { refusal: 'invalid' }, 'B1 and 2 would read as B and 12');
});

t.test('a guard refuses with its reason; what was ordered before stays ordered', async (t) => {
  const before = await placed({ cartId: 50, email: 'later@example.lu' });

  t.match(await place({ email: 'banned@example.lu' }), {
    ok: false,
    refusal: 'refused',
    details: { reason: 'banned' },
  });
  t.same(await placed({ cartId: 50, email: 'banned@example.lu' }), { ...before, isNew: false });
});

t.test('a tier takes so many orders a month, and those of earlier months do not count', async (t) => {
  const used = () => inA(({ features }) => features.limit('orders.per_month'));
  const { used: now } = await used();
  await kernel.features.setMerchantTier(stores.a.merchantId, 'essential');
  await kernel.features.setTierValue('essential', 'orders.per_month', now + 1);
  t.teardown(() => kernel.features.setMerchantTier(stores.a.merchantId, 'enterprise'));

  const last = await placed({ cartId: 60 });
  t.match(await place(), { refusal: 'limitReached', details: { used: now + 1, max: now + 1 } });
  t.same(await placed({ cartId: 60 }), { ...last, isNew: false });
  const year = 365 * 24 * 3_600_000; // ms
  t.ok((await place({ placedAt: new Date(clock.now().getTime() - year) })).ok);
  t.equal((await used()).used, now + 1);
});

t.test('lists by page, filter and text, newest first, one statement each', async (t) => {
  const at = (minute: number) => new Date(Date.parse('2025-01-01T10:00:00Z') + minute * 60_000);
  const ids: number[] = [];
  for (let minute = 0; minute < 7; minute += 1) {
    const email = minute % 2 ? 'odd_one@example.lu' : 'even@example.lu';
    ids.push((await placed({ placedAt: at(minute), email, customerId: 9 }, 'b')).id);
  }
  const list = (options: object) =>
    inB(async ({ orders }) => {
      const page = await orders.list({ to: at(60), ...options });
      return { ids: page.orders.map(({ id }) => ids.indexOf(id)), next: page.next };
    });

  const first = await list({ limit: 3 });
  const second = await list({ limit: 3, cursor: first.next! });
  const third = await list({ limit: 3, cursor: second.next! });
  t.same([first.ids, second.ids, third], [[6, 5, 4], [3, 2, 1], { ids: [0], next: null }]);
  t.same((await list({ sort: 'oldest', limit: 2 })).ids, [0, 1]);
  t.same((await list({ text: ' ODD_ ' })).ids, [5, 3, 1]);
  t.same((await list({ text: 'o%d' })).ids, [], 'a percent sign is a percent sign');
  t.same((await list({ text: 'weber', email: 'Even@example.lu' })).ids, [6, 4, 2, 0]);
  t.same((await list({ from: at(2), to: at(4) })).ids, [3, 2]);
  t.same((await list({ customerId: 10 })).ids, []);
  t.same((await list({ state: 'pending' })).ids, []);
  t.same((await list({ state: 'processing', paymentState: 'paid', limit: 1 })).ids, [6]);
});

t.test('what is stored gives the stored totals again, for every order', async (t) => {
  const all: number[] = [];
  let cursor: string | null = null;
  do {
    const page: { orders: { id: number }[]; next: string | null } = await inA(({ orders }) =>
      orders.list({ limit: 100, ...(cursor ? { cursor } : {}) }),
    );
    all.push(...page.orders.map(({ id }) => id));
    cursor = page.next;
  } while (cursor);
  const different = [];
  for (const id of all) {
    const recomputed = await inA(({ orders }) => orders.recompute(id));
    if (!recomputed.ok || !recomputed.value.isSame) different.push(id);
  }
  t.ok(all.length > 20);
  t.same(different, []);
});

function numberOf({ number }: { number: string }): number {
  return Number(number.slice(1));
}
