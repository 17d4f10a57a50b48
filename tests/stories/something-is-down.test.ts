import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import pg from 'pg';
import t from 'tap';
import { startMailServer } from '../../plugins/mail/tests/mail-server.ts';
import { startFakeStripe } from '../support/fake-stripe/index.ts';
import { checkoutOf } from '../support/purchase.ts';
import { openShop } from '../support/shop.ts';

const CARD = { card: '4242424242424242' };
const VISA = { paymentMethod: 'pm_card_visa' };
const MINUTE = 60_000; // ms
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="#123456"/></svg>';

t.setTimeout(120_000);

t.test('a purchase while something is down', async (t) => {
  const shop = await openShop(t, {
    plugins: ['admin', 'checkout', 'payments-manual', 'payments-stripe', 'inventory', 'mail', 'media'],
    until: 'control',
  });
  const { clock, inStore, jobs, kernel, mug, stores } = shop;
  const boss = await shop.admin();
  const team = await shop.owner('a');
  const at = `/api/stores/${stores.a.handle}`;
  const folderOf = (plugin: string) => join(kernel.config.home, 'plugins', plugin);
  const lettersTo = async (email: string) =>
    (await team.get(`${at}/mail/letters?to=${email}`)).body.items.map(
      ({ template, state }: { template: string; state: string }) => [template, state],
    );
  const held = () =>
    inStore('a', 'inventory', async ({ inventory }) => (await inventory.levels([mug])).get(mug)!.reserved);
  const orderOf = (cartId: number) => inStore('a', 'orders', ({ orders }) => orders.byCart(cartId));
  /** Lets time pass, as long as jobs are tried again and again. */
  const later = async (minutes = 30) => {
    for (let turn = 0; turn < minutes; turn += 5) {
      clock.move(5 * MINUTE);
      await jobs.drain();
    }
  };
  async function readyBuyer(email: string) {
    const buyer = checkoutOf(await shop.buyer());
    const ready = await buyer.ready();
    await buyer.change({ email });
    return { ...buyer, total: ready.body.totals.total as number };
  }

  t.test('makes the order while the mail server is down, and writes once it is back', async (t) => {
    const port = await unusedPort();
    const server = { host: '127.0.0.1', port, requireTls: false };
    await boss.patch('/api/admin/settings/mail', server);
    const buyer = await readyBuyer('mail@example.lu');
    t.match(await buyer.pay({ expected: buyer.total, details: CARD }), { status: 200 });
    t.match(await buyer.complete(), { status: 200, body: { isNew: true } });
    await jobs.drain();
    t.match(await orderOf(buyer.cartId), { paymentState: 'paid' });
    t.same(await lettersTo('mail@example.lu'), [['orders.confirmation', 'waiting']]);

    const back = await startMailServer(t);
    await boss.patch('/api/admin/settings/mail', { ...server, port: back.port });
    await later();
    t.same(await lettersTo('mail@example.lu'), [['orders.confirmation', 'sent']]);
    t.same(
      back.mails.map(({ subject }) => subject),
      [`Your order ${(await orderOf(buyer.cartId))!.number}`],
    );
    await boss.patch('/api/admin/settings/mail', { host: '' });
  });

  t.test('makes the order while the disk takes nothing, and keeps no half of a file', async (t) => {
    for (const plugin of ['mail', 'media']) await block(folderOf(plugin));
    const buyer = await readyBuyer('disk@example.lu');
    t.match(await buyer.pay({ expected: buyer.total, details: CARD }), { status: 200 });
    t.match(await buyer.complete(), { status: 200, body: { isNew: true } });
    await jobs.drain();
    t.match(await orderOf(buyer.cartId), { paymentState: 'paid' });
    t.same(await lettersTo('disk@example.lu'), [['orders.confirmation', 'waiting']]);
    const upload = () =>
      team.post(`${at}/media?name=square.svg`, PICTURE, { 'content-type': 'application/octet-stream' });
    t.ok((await upload()).status >= 500, 'an accident, not a refusal');
    t.same((await team.get(`${at}/media`)).body.items, []);

    for (const plugin of ['mail', 'media']) await unblock(folderOf(plugin));
    await later();
    t.same(await lettersTo('disk@example.lu'), [['orders.confirmation', 'sent']]);
    t.equal((await upload()).status, 201);
    t.equal((await team.get(`${at}/media`)).body.items.length, 1);
  });

  t.test(
    'takes no money while Stripe is down, loses none that it holds, and goes on once it is back',
    async (t) => {
      const stripe = await startFakeStripe(t, { now: () => clock.now().getTime() });
      const settings = (port: number) =>
        boss.patch('/api/admin/settings/payments-stripe', {
          ...stripe.settings,
          ...{ port, timeLimit: 1_000, retries: 0 },
        });
      const up = () => settings(stripe.settings.port);
      const down = async () => settings(await unusedPort());
      await up();
      const keys = {
        secretKey: stripe.secretKey,
        publishableKey: 'pk_test_fake',
        webhookSecret: 'whsec_fake',
      };
      await team.patch(`${at}/payments/stripe/settings`, keys);
      const buyer = await readyBuyer('stripe@example.lu');
      const pay = () => buyer.pay({ method: 'stripe', expected: buyer.total, details: VISA });
      const before = await held();

      await down();
      t.match(await pay(), { status: 503, body: { code: 'providerDown' } }, 'before the payment');
      t.equal(await held(), before + 1, 'the piece is held, for the payment may have begun');
      await up();
      t.match(await pay(), { status: 200, body: { payment: { state: 'authorised' } } });

      await down();
      t.match(
        await buyer.complete(),
        { status: 200, body: { isNew: true } },
        'between payment and order: what is authorised needs no asking',
      );

      await down();
      await jobs.drain();
      t.match(await orderOf(buyer.cartId), { paymentState: 'authorised' }, 'between order and capture');
      await up();
      await later(120);
      t.match(await orderOf(buyer.cartId), { paymentState: 'paid' });
      t.same(stripe.money(`cart:${buyer.cartId}`), { charges: 1, held: 0, captured: 2499, refunded: 0 });
    },
  );

  t.test('makes one order though every connection to the database is cut while it is made', async (t) => {
    const admin = new pg.Client(kernel.database.target('admin') as pg.ClientConfig);
    await admin.connect();
    t.teardown(() => admin.end());
    const cut = () =>
      admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      );
    const before = await held();
    const buyers = await Promise.all(
      Array.from({ length: 6 }, (_, number) => readyBuyer(`cut${number}@example.lu`)),
    );
    for (const buyer of buyers) {
      t.match(await again(() => buyer.pay({ expected: buyer.total, details: CARD })), { status: 200 });
      await Promise.allSettled([buyer.complete(), cut()]);
    }
    const numbers = new Set<string>();
    for (const buyer of buyers) {
      const done = await again(() => buyer.complete());
      t.equal(done.status, 200);
      numbers.add(done.body.number);
    }
    await later();
    t.equal(numbers.size, buyers.length, 'an order each');
    t.equal(await held(), before + buyers.length, 'a piece each');
    for (const [number, buyer] of buyers.entries()) {
      t.match(await orderOf(buyer.cartId), { paymentState: 'paid' });
      t.same(await lettersTo(`cut${number}@example.lu`), [['orders.confirmation', 'sent']]);
    }
  });
});

/** As a buyer does whom the page tells that something went wrong: every connection that was cut may be met once. */
async function again<Answer extends { status: number }>(press: () => Promise<Answer>): Promise<Answer> {
  let answer = await press();
  for (let turn = 0; turn < 20 && answer.status >= 500; turn += 1) answer = await press();
  return answer;
}

/** A port of this machine that nobody listens on. */
async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}

/** A file where a folder has to be: whoever wants to write below it cannot, and neither can root. */
async function block(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await rename(folder, `${folder}-aside`);
  await mkdir(dirname(folder), { recursive: true });
  await writeFile(folder, '');
}

async function unblock(folder: string): Promise<void> {
  await rm(folder);
  await rename(`${folder}-aside`, folder);
}
