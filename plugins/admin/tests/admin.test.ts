import t, { type Test } from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';

async function start(t: Test, others: URL[] = []) {
  const world = await startTestKernel(t, { plugins: ['admin', ...others], until: 'control' });
  const admin = await world.admin();
  const at = (path: string) => `/api/admin${path}`;
  return { ...world, admin, at };
}

t.test('lets nobody in but admins, whatever the address', async (t) => {
  const { kernel, anonymous, owner, apiKey } = await start(t);
  const routes = kernel.http.routes.filter(({ plugin }) => plugin === 'admin');
  t.ok(routes.length > 25);
  const visitors = [anonymous(), await owner('a'), await apiKey('a', [])];
  for (const { route, address } of routes) {
    const path = address.replace(/:\w+/g, '1');
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    const answers = await Promise.all(visitors.map((visitor) => visitor[method](path)));
    t.same(
      answers.map(({ status }) => status),
      [401, 403, 404],
      `${route.method} ${address}`,
    );
  }
});

t.test('makes merchants and stores, and moves them', async (t) => {
  const { admin, at, kernel } = await start(t);

  const merchant = await admin.post(at('/merchants'), { name: 'Bäckerei', tier: 'essential' });
  t.equal(merchant.status, 201);
  const { id: merchantId } = merchant.body;
  const store = await admin.post(at('/stores'), { merchantId, handle: 'baeckerei', name: 'Bäckerei' });
  t.match(store, { status: 201, body: { handle: 'baeckerei', tier: 'essential', currency: 'EUR' } });
  const storeId = store.body.id;
  t.equal((await admin.put(at(`/merchants/${merchantId}/tier`), { tier: 'business' })).status, 204);
  t.equal((await admin.put(at(`/stores/${storeId}/state`), { state: 'paused' })).status, 204);

  t.match((await admin.get(at('/merchants?limit=100'))).body.merchants.at(-1), {
    id: merchantId,
    tier: 'business',
  });
  t.match((await admin.get(at(`/stores?after=${storeId - 1}`))).body.stores, [
    { id: storeId, state: 'paused' },
  ]);
  t.match(await kernel.tenancy.byHandle('baeckerei'), { ref: { state: 'paused', tier: 'business' } });
});

t.test('says refusals in the language of who asks', async (t) => {
  const { admin, at, stores } = await start(t);
  const taken = { merchantId: stores.a.merchantId, handle: stores.b.handle, name: 'x' };
  const refusal = await admin.post(at('/stores'), taken);
  t.match(refusal, {
    status: 409,
    body: { code: 'handleTaken', detail: 'Another store has this handle already.' },
  });
  t.match(await admin.put(at('/merchants/999999/tier'), { tier: 'essential' }), { status: 404 });
  t.match(await admin.post(at('/merchants'), { name: 'x', tier: 'nope' }), {
    status: 422,
    body: { code: 'unknownTier' },
  });
  t.match(await admin.put(at(`/stores/${stores.a.id}/state`), { state: 'gone' }), {
    status: 422,
    body: { details: { faults: [{ pointer: '/body/state' }] } },
  });
});

t.test('attaches, looks after and takes away domains of a store', async (t) => {
  const { admin, at, stores } = await start(t);
  const domains = at(`/stores/${stores.a.id}/domains`);
  const elsewhere = at(`/stores/${stores.b.id}/domains`);
  t.match(await admin.post(domains, { domain: 'Shop.Example.LU' }), {
    status: 201,
    body: { domain: 'shop.example.lu', isPrimary: true },
  });
  t.equal((await admin.post(domains, { domain: 'not a domain' })).status, 422);
  t.match(await admin.post(elsewhere, { domain: 'shop.example.lu' }), { status: 409 });
  t.match((await admin.get(domains)).body.domains, [{ domain: 'shop.example.lu' }]);
  t.match(await admin.put(`${elsewhere}/shop.example.lu/primary`), {
    status: 404,
    body: { code: 'notAttached' },
  });
  t.equal((await admin.put(`${domains}/shop.example.lu/primary`)).status, 204);
  t.equal((await admin.delete(`${domains}/shop.example.lu`)).status, 204);
  t.equal((await admin.delete(`${domains}/shop.example.lu`)).status, 404);
});

t.test('keeps tiers in order, and refuses values of codes that nobody declares', async (t) => {
  const { admin, at } = await start(t);
  t.equal((await admin.put(at('/tiers/trial'), { title: 'Trial', position: 9 })).status, 204);
  t.match(await admin.put(at('/tiers/other'), { title: 'Other', position: 9 }), { status: 409 });
  t.match((await admin.get(at('/tiers'))).body.tiers.at(-1), { code: 'trial', title: 'Trial' });
  t.match(await admin.put(at('/tiers/trial/values/none.such'), { value: true }), {
    status: 404,
    body: { code: 'unknownCode' },
  });
});

t.test('plans a change of plugins, applies just that plan, and refuses another', async (t) => {
  const { admin, at } = await start(t);
  const change = { action: 'disable', plugin: 'admin', scope: { tier: 'essential' } };
  const plan = await admin.post(at('/plugins/plan'), change);
  t.match(plan, { status: 200, body: { problems: [], hash: String } });
  t.equal((await admin.post(at('/plugins/apply'), { change, hash: 'x'.repeat(64) })).status, 409);
  t.equal((await admin.post(at('/plugins/apply'), { change, hash: plan.body.hash })).status, 204);
  t.match((await admin.get(at('/plugins'))).body.plugins, [{ id: 'admin', state: 'enabled' }]);
  t.equal((await admin.post(at('/plugins/nope/archive'))).status, 404);
  t.equal((await admin.post(at('/plugins/admin/purge'))).status, 409);
  t.equal((await admin.post(at('/plugins/restore'), { archive: '../../etc/passwd' })).status, 422);
});

t.test('shows jobs, deliveries, hooks and health, empty as they are', async (t) => {
  const { admin, at } = await start(t);
  t.same((await admin.get(at('/jobs?state=failed'))).body, { jobs: [] });
  t.equal((await admin.post(at('/jobs/00000000-0000-4000-8000-000000000000/retry'))).status, 409);
  t.same((await admin.get(at('/events/dead-letters'))).body, { deliveries: [] });
  t.equal((await admin.post(at('/events/dead-letters/1/1/retry'))).status, 409);
  const span = { storeId: 1, from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
  t.same((await admin.post(at('/events/replay'), span)).body, { deliveries: 0 });
  t.same((await admin.get(at('/hooks'))).body, { hooks: {} });
  t.same((await admin.get(at('/health'))).body, { ready: true, notReady: [], setAside: [] });
});

t.test('gives its controls to nobody who does not say that they use them', async (t) => {
  const { anonymous, lines } = await start(t, [new URL('./fixtures/curious', import.meta.url)]);
  t.equal((await anonymous().get('/curious')).status, 500);
  const { err } = lines.find(({ message }) => message === 'a request failed')!.details;
  t.match(
    (err as Error).message,
    /Plugin 'curious' reached for 'administration'.*"uses": \["administration"\]/,
  );
});

t.test('sets platform values of settings, and never shows a secret', async (t) => {
  const { admin, at } = await start(t, [new URL('./fixtures/curious', import.meta.url)]);
  t.equal((await admin.patch(at('/settings/curious'), { colour: 'blue', key: 'hush' })).status, 204);
  t.same((await admin.get(at('/settings/curious'))).body, { values: { colour: 'blue', key: null } });
  t.equal((await admin.patch(at('/settings/curious'), { colour: null })).status, 204);
  t.same((await admin.get(at('/settings/curious'))).body, { values: { colour: 'red', key: null } });
  t.match(await admin.patch(at('/settings/curious'), { colour: 4 }), {
    status: 422,
    body: { code: 'invalid' },
  });
  t.equal((await admin.get(at('/settings/nope'))).status, 404);
});
