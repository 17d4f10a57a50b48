import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import t from 'tap';
import { ADA, openShop, type Shop } from '../support/shop.ts';

const run = promisify(execFile);
const child = fileURLToPath(new URL('../support/checkout-fault-child.ts', import.meta.url));
const HOUR = 3_600_000; // ms
const CARD = { card: '4242424242424242' };

type Counts = { paid: number; completed: number; drained: number };
type Point = { faultAt: number | null; faultAfter: boolean };
type Cart = { cartId: number; token: string; total: number };

t.setTimeout(600_000);

t.test(
  'a process killed at any statement of a purchase leaves no lost payment and no second order',
  async (t) => {
    const shop = await openShop(t, { until: 'control' });
    const { clock, inStore, jobs, kernel, stores } = shop;
    const target = kernel.database.target('admin');
    const bundled = await pluginsOf(shop);
    const admin = new pg.Client(target as pg.ClientConfig);
    await admin.connect();
    t.teardown(async () => {
      await admin.end();
      await rm(bundled, { recursive: true });
    });

    /** A child of its own buys a cart of its own. @returns its counts, nothing when it was killed */
    async function buyIn(cart: Cart, point: Point): Promise<Counts | undefined> {
      const input = { target, bundled, storeId: stores.a.id, ...cart, ...point };
      const words = ['--import', './sdk/register.js', child, JSON.stringify(input)];
      try {
        return JSON.parse((await run(process.execPath, words)).stdout);
      } catch (error) {
        if ((error as { signal?: string }).signal !== 'SIGKILL') throw error;
        return undefined;
      }
    }

    const carts: Cart[] = [];
    const nextCart = async () => {
      const cart = await readyCart(shop);
      carts.push(cart);
      return cart;
    };
    await buyIn(await nextCart(), { faultAt: null, faultAfter: false }); // the first one also makes the queue
    const counts = (await buyIn(await nextCart(), { faultAt: null, faultAfter: false }))!;

    const points = pointsOf(counts);
    let killed = 0;
    const work = async () => {
      for (let point = points.shift(); point; point = points.shift()) {
        if (!(await buyIn(await nextCart(), point))) killed += 1;
      }
    };
    await Promise.all([work(), work()]);
    t.comment(
      `${killed} processes were killed; statements up to the end of paying, completing, delivering:`,
      counts,
    );
    t.ok(killed > counts.completed - counts.paid, `${killed} processes were killed in the middle`);

    // The process that is started again: it hears of the dead ones by their silence.
    await kernel.hooks.start();
    await kernel.jobs.start();
    const settle = async () => {
      for (let turn = 0; turn < 5; turn += 1) {
        await until(async () => (await jobsUnderWay(admin)) === 0);
        clock.move(HOUR);
        await jobs.drain();
      }
    };
    await settle();
    const early = await ordersByCart(admin);
    t.same(
      [...early.values()].filter((count) => count !== 1),
      [],
      'nobody has two orders',
    );

    // The buyers press the button again.
    for (const { token, cartId, total } of carts) {
      await inStore('a', 'checkout', async ({ checkout }) => {
        const paid = await checkout.pay(token, {
          method: 'test-card',
          expected: total,
          details: CARD,
          returnUrl: 'http://store-a.localhost:3000/checkout/return',
          locale: 'en',
        });
        if (!paid.ok && paid.refusal !== 'ordered')
          throw new Error(`${paid.refusal} ${JSON.stringify(paid.details)}`);
        const done = await checkout.complete(cartId);
        if (!done.ok) throw new Error(`cart ${cartId}: ${done.refusal} ${JSON.stringify(done.details)}`);
      });
    }
    await settle();

    t.same(
      [...(await ordersByCart(admin)).values()],
      carts.map(() => 1),
      'one order for each cart',
    );
    const { rows: money } = await admin.query(
      `select p.id, p.state, o.id is not null as "hasOrder", c.captured::int - c.refunded::int as kept, c.state as "atGateway"
     from payments.payments p
     left join orders.orders o on o.store_id = p.store_id and o.payment_id = p.id
     left join payments_manual.charges c on c.store_id = p.store_id and c.reference = p.provider_reference`,
    );
    t.same(
      money.filter(({ hasOrder, state, kept }) =>
        hasOrder ? state !== 'captured' || kept !== 2499 : kept > 0,
      ),
      [],
      'every captured payment has one order, and every other one has gone back',
    );
    t.same(
      money.filter(({ hasOrder, atGateway }) => !hasOrder && atGateway !== 'cancelled' && atGateway !== null),
      [],
      'nothing is held at the gateway that nobody wants',
    );
    const { rows: stock } = await admin.query(
      `select l.on_hand::int as "onHand", l.reserved::int, m.reserved::int as moved,
       (select coalesce(sum(r.quantity), 0)::int from inventory.reservations r
        where r.store_id = l.store_id and r.variant_id = l.variant_id) as held
     from inventory.levels l
     cross join lateral (select sum(reserved_after - reserved_before) as reserved from inventory.movements m
       where m.store_id = l.store_id and m.variant_id = l.variant_id and m.location_id = l.location_id) m
     where l.variant_id = $1`,
      [shop.mug],
    );
    const sold = carts.length;
    t.same(stock, [{ onHand: 1000, reserved: sold, moved: sold, held: sold }], 'movements sum to the stock');
    const { rows: mails } = await admin.query(
      `select count(*)::int as count, count(distinct key)::int as keys from mail.letters where template = 'orders.confirmation'`,
    );
    t.same(mails, [{ count: sold, keys: sold }], 'one mail each');
  },
);

/**
 * Before every statement of the completion, which is after the one before it, and after the last one; every tenth of what comes
 * before and after the completion.
 */
function pointsOf({ paid, completed, drained }: Counts): Point[] {
  const numbers = (from: number, to: number, step: number) =>
    Array.from({ length: Math.ceil((to - from) / step) }, (_, count) => from + 1 + count * step);
  return [
    ...numbers(paid, completed, 1).map((faultAt) => ({ faultAt, faultAfter: false })),
    { faultAt: completed, faultAfter: true },
    ...numbers(0, paid, 10).map((faultAt) => ({ faultAt, faultAfter: false })),
    ...numbers(completed, drained, 10).map((faultAt, count) => ({ faultAt, faultAfter: count % 2 === 1 })),
  ];
}

/** A cart of one mug that lacks nothing but the payment. */
async function readyCart({ inStore, mug }: Shop): Promise<Cart> {
  return inStore('a', 'checkout', async ({ carts, checkout }) => {
    const started = await carts.start([{ variantId: mug, quantity: 1 }]);
    if (!started.ok) throw new Error(started.refusal);
    const { token, cart } = started.value;
    const ready = await checkout.update(token, { email: 'ada@example.lu', shipTo: ADA });
    if (!ready.ok) throw new Error(ready.refusal);
    return { cartId: cart.id, token, total: ready.value.totals.total };
  });
}

/** A folder with just the plugins that run, for the children. */
async function pluginsOf({ kernel }: Shop): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-fault-'));
  const bundled = fileURLToPath(new URL('../../plugins', import.meta.url));
  for (const { manifest } of kernel.plugins.running) {
    await symlink(join(bundled, manifest.id), join(folder, manifest.id));
  }
  return folder;
}

async function ordersByCart(admin: pg.Client): Promise<Map<number, number>> {
  const { rows } = await admin.query(
    'select cart_id::int as cart, count(*)::int as count from orders.orders group by cart_id order by cart_id',
  );
  return new Map(rows.map(({ cart, count }) => [cart, count]));
}

async function jobsUnderWay(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query(
    `select count(*)::int as count from kernel.jobs where state = 'running'`,
  );
  return rows[0].count;
}

/** Nothing tells a test when a lease of a dead process is over. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 600 && !(await isSo()); turn += 1) await pause(100);
}
