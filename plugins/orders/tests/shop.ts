import { money, type Cradle, type Order, type OrderDraft } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';
import { aDraft } from './drafts.ts';

const PLUGINS = ['orders', 'catalog', 'customers', 'inventory', 'mail', 'payments-manual', 'tax'];

/** A shop with everything that orders work with: ten mugs, ten lamps, the test gateway and bank transfers. */
export async function openShop(t: Parameters<typeof startTestKernel>[0]) {
  const world = await startTestKernel(t, { plugins: PLUGINS });
  const { inStore, jobs, owner, stores } = world;
  const inA = <Value>(work: (services: Cradle) => Promise<Value>) => inStore('a', 'orders', work);
  const [mug, lamp] = await inA(async ({ catalog, inventory }) => {
    const mug = await makeVariant(catalog, 'Mug', 1999);
    const lamp = await makeVariant(catalog, 'Lamp', 4500);
    const onHand = [mug, lamp].map((variantId) => ({ variantId, onHand: 10 }));
    await inventory.set(onHand, { reason: 'a test' });
    return [mug, lamp];
  });
  await inStore('a', 'payments-manual', ({ settings }) => settings.set({ iban: 'LU280019400644750000' }));
  let count = 0;

  /** An order as the checkout makes one: stock held, payment started, all written together. */
  async function order(
    change: Partial<OrderDraft> = {},
    { method = 'test-card', card = '4242424242424242' } = {},
  ): Promise<Order> {
    count += 1;
    const reference = `cart:${count}`;
    const placed = await inA(async (services) => {
      const { database, inventory, orders, payments, totals } = services;
      const draft = aDraft(totals, { stockReference: reference, cartId: count, ...change });
      const lines = draft.lines.map((line, index) => ({ ...line, variantId: [mug, lamp][index]! }));
      const payment = await startPayment(services, { method, card, reference, amount: draft.totals.total });
      const isLater = payment.state === 'waiting';
      return database.transaction(async () => {
        await inventory.reserve({ reference, lines });
        const result = await orders.place({
          ...draft,
          lines,
          paymentId: payment.id,
          paymentState: isLater ? 'pending' : payment.state === 'captured' ? 'paid' : 'authorised',
        });
        if (!result.ok) throw new Error(result.refusal);
        await payments.settle(payment.id, result.value.id);
        return result.value.id;
      });
    });
    await jobs.drain();
    return find(placed);
  }

  const find = async (id: number) => (await inA(({ orders }) => orders.find(id)))!;
  const stock = async () =>
    inA(async ({ inventory }) => {
      const levels = await inventory.levels([mug, lamp]);
      return [mug, lamp].map((id) => [levels.get(id)!.onHand, levels.get(id)!.reserved]);
    });
  const mails = () =>
    inA(async ({ mailer }) =>
      (await mailer.list({ limit: 100 })).map(({ template, subject }) => [template, subject]),
    );
  const kinds = async (id: number) =>
    (await inA(({ orders }) => orders.timeline(id))).map(({ kind }) => kind);
  const team = await owner('a');
  const at = `/api/stores/${stores.a.handle}`;
  return { ...world, inA, mug, lamp, order, find, stock, mails, kinds, team, at };
}

async function makeVariant(catalog: Cradle['catalog'], title: string, amount: number): Promise<number> {
  const made = await catalog.create({ title, state: 'active', variants: [{ amount }] });
  if (!made.ok) throw new Error(made.refusal);
  return made.value.variants[0]!.id;
}

async function startPayment(
  { payments }: Cradle,
  { method, card, reference, amount }: { method: string; card: string; reference: string; amount: number },
) {
  const started = await payments.start({
    ...{ reference, method, locale: 'en', email: 'ada@example.lu' },
    amount: money(amount, 'EUR'),
    returnUrl: 'http://store-a.localhost:3000/checkout',
    details: { card },
  });
  if (!started.ok) throw new Error(started.refusal);
  return started.value.payment;
}
