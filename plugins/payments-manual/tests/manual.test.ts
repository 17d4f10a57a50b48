import type { Cradle, Id } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';
import t from 'tap';

t.test('manual ways to pay', async (t) => {
  const world = await startTestKernel(t, { plugins: ['admin', 'payments', new URL('..', import.meta.url)] });
  const { admin, inStore, jobs, member, owner, stores } = world;
  const me = await owner('a');
  const api = `/api/stores/${stores.a.handle}/payments`;
  const pay = <Value>(work: (services: Cradle) => Promise<Value>) => inStore('a', 'payments', work);
  const methods = () => pay(({ payments }) => payments.methods({ currency: 'EUR', locale: 'en' }));
  const start = (reference: string) =>
    pay(({ payments }) =>
      payments.start({
        reference,
        method: 'bank-transfer',
        amount: { amount: 5000, currency: 'EUR' },
        email: null,
        returnUrl: 'http://store-a.localhost:3000/',
        locale: 'en',
      }),
    );
  const find = (id: Id) => pay(({ payments }) => payments.find(id));

  t.test('offers a bank transfer once there is an account', async (t) => {
    t.same(
      (await methods()).map(({ code }) => code),
      ['test-card'],
    );
    t.match(await me.patch(`${api}/manual/settings`, { iban: 'LU28 0019 4006 4475 0001' }), {
      status: 422,
      body: { code: 'badIban' },
    });
    t.match(
      await me.patch(`${api}/manual/settings`, {
        iban: 'lu28 0019 4006 4475 0000',
        accountHolder: 'Kontor S.à r.l.',
        hasInvoice: true,
      }),
      { status: 200, body: { values: { iban: 'LU280019400644750000', hasInvoice: true } } },
    );
    const [transfer] = await methods();
    t.match(transfer, {
      code: 'bank-transfer',
      isLater: true,
      description:
        'Please transfer the amount to Kontor S.à r.l., LU28 0019 4006 4475 0000, and name the number of your order.',
    });
  });

  t.test('waits for the money until the team says that it came', async (t) => {
    const started = await start('cart:1');
    if (!started.ok) throw new Error(started.refusal);
    const { id } = started.value.payment;
    t.match(started.value, { payment: { state: 'waiting', isTest: false }, next: { kind: 'none' } });
    await pay(({ payments }) => payments.settle(id, 3));
    await jobs.drain();
    t.match(await find(id), { state: 'waiting', orderId: 3 });

    const paid = await pay(({ payments }) => payments.markPaid(id, 'Ada'));

    t.match(paid, { ok: true, value: { state: 'captured', capturedAmount: 5000 } });
    t.match(await pay(({ payments }) => payments.markPaid(id, 'Ada')), { refusal: 'notWaiting' });
    t.match(await pay(({ payments }) => payments.refresh(id)), { value: { state: 'captured' } });
  });

  t.test('gives back what a transfer brought, and no more', async (t) => {
    const started = await start('cart:2');
    if (!started.ok) throw new Error(started.refusal);
    const { id } = started.value.payment;
    await pay(({ payments }) => payments.markPaid(id, 'Ada'));
    await pay(({ payments }) => payments.giveBack(id, 'cancelled'));
    await jobs.drain();
    t.match(await find(id), { state: 'refunded', refundedAmount: 5000 });
  });

  t.test(
    'shows providers with their state, keeps the order a store chose, and hides what is off',
    async (t) => {
      const chosen = await me.put(`${api}/methods`, {
        order: ['test-card', 'invoice'],
        off: ['bank-transfer'],
      });
      t.match(chosen, { status: 200, body: { order: ['test-card', 'invoice'], off: ['bank-transfer'] } });
      t.same(
        (await methods()).map(({ code }) => code),
        ['test-card', 'invoice'],
      );
      t.match(await start('cart:3'), { refusal: 'unknownMethod' });
      const { body } = await me.get(`${api}/providers`);
      t.match(body.items, [
        {
          code: 'manual',
          plugin: 'payments-manual',
          state: 'on',
          methods: [{ isOffered: true }, { isOffered: false }],
        },
        { code: 'test', state: 'on', methods: [{ code: 'test-card', place: 1 }] },
      ]);
      t.match(await me.post(`${api}/providers/test/test`), { status: 200, body: { state: 'ok' } });
      t.equal((await me.post(`${api}/providers/nobody/test`)).status, 404);
    },
  );

  t.test('lets an admin turn the test gateway off for everybody, and no store turn it on', async (t) => {
    const boss = await admin();
    t.equal(
      (await boss.patch('/api/admin/settings/payments-manual', { testGateway: 'off' })).status < 300,
      true,
    );
    t.notOk((await methods()).some(({ code }) => code === 'test-card'));
    const own = await inStore('a', 'payments-manual', ({ settings }) => settings.set({ testGateway: 'on' }));
    t.match(own, { refusal: 'invalid' });
    t.match(await me.post(`${api}/providers/test/test`), { status: 422, body: { code: 'notConfigured' } });
  });

  t.test('keeps stores and roles apart', async (t) => {
    const other = await owner('b');
    const started = await inStore('a', 'payments', ({ payments }) => payments.ofReference('cart:1'));
    for (const path of ['', '/providers', '/transactions', '/manual/settings', `/${started!.id}`])
      t.equal((await other.get(api + path)).status, 404, path);
    t.equal((await other.get(`/api/stores/${stores.b.handle}/payments/${started!.id}`)).status, 404);
    t.equal((await other.post(`/api/stores/${stores.b.handle}/payments/${started!.id}/refresh`)).status, 404);
    const reader = await member('a', 'accountant');
    t.equal((await reader.get(api)).status, 200);
    t.equal((await reader.put(`${api}/methods`, { order: [], off: [] })).status, 403);
    t.equal((await reader.patch(`${api}/manual/settings`, { hasInvoice: true })).status, 403);
  });

  t.test('pages the ledger by key', async (t) => {
    const first = await me.get(`${api}/transactions?limit=2`);
    const second = await me.get(`${api}/transactions?limit=2&cursor=${first.body.next}`);
    t.equal(first.body.items.length, 2);
    t.ok(second.body.items.every(({ id }: { id: number }) => id < first.body.items[1].id));
  });
});
