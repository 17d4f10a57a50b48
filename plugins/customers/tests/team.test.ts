import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';

const world = await startTestKernel(t, { plugins: ['customers', 'orders'] });
const { inStore, jobs, kernel, member, owner, stores } = world;
const A = `/api/stores/${stores.a.handle}`;
const team = await owner('a');
const stranger = await owner('b');

async function make(email: string, more: object = {}) {
  const made = await team.post(`${A}/customers`, { email, ...more });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body;
}

t.test('the team adds, finds and changes customers, from the newest version', async (t) => {
  const { id } = await make('Ada@Example.lu', { firstName: 'Ada', lastName: 'Weber', tags: [' vip', 'vip'] });

  t.match((await team.get(`${A}/customers/${id}`)).body, {
    email: 'ada@example.lu',
    state: 'guest',
    tags: ['vip'],
    addresses: [],
  });
  t.match(await team.post(`${A}/customers`, { email: 'ADA@example.lu' }), {
    status: 409,
    body: { code: 'emailTaken' },
  });
  const { body } = await team.get(`${A}/customers/${id}`);
  const changed = await team.patch(`${A}/customers/${id}`, { version: body.version, note: 'Pays late' });
  t.match(changed, { status: 200, body: { note: 'Pays late', firstName: 'Ada', version: body.version + 1 } });
  t.match(await team.patch(`${A}/customers/${id}`, { version: body.version, note: 'x' }), {
    status: 409,
    body: { code: 'changed', details: { version: body.version + 1, by: /@example.lu/ } },
  });
  t.match(await team.put(`${A}/customers/${id}/status`, { state: 'disabled' }), {
    status: 409,
    body: { code: 'noAccount' },
  });
});

t.test('lists by page, text, tag and state', async (t) => {
  for (const name of ['one', 'two', 'three', 'four'])
    await make(`${name}@list.lu`, { lastName: name, tags: ['list'], acceptsMarketing: name === 'two' });
  const emails = async (query: string) => {
    const { body } = await team.get(`${A}/customers?${query}`);
    return { emails: body.items.map(({ email }: { email: string }) => email.split('@')[0]), next: body.next };
  };

  const first = await emails('tag=list&limit=3');
  t.same(first.emails, ['four', 'three', 'two']);
  t.same(await emails(`tag=list&limit=3&cursor=${first.next}`), { emails: ['one'], next: null });
  for (const forged of ['1', 'Mon', '2026-02-31 00:00:00+00', '2026-01-01 00:00:00+99', '\0']) {
    const cursor = Buffer.from(JSON.stringify([forged, 5])).toString('base64url');
    t.same((await emails(`tag=list&limit=3&cursor=${cursor}`)).emails, first.emails, 'begins anew');
  }
  t.same((await emails('text=T%40LIST')).emails, []);
  t.same((await emails('text=o%40LIST')).emails, ['two']);
  t.same((await emails('tag=list&acceptsMarketing=true')).emails, ['two']);
  t.same((await emails('tag=list&state=active')).emails, []);
});

t.test('groups have a code that prices know, and go when nobody is in them', async (t) => {
  const { id, version } = await make('group@example.lu');
  t.match(await team.patch(`${A}/customers/${id}`, { version, group: 'trade' }), {
    status: 422,
    body: { code: 'unknownGroup' },
  });
  t.match(await team.put(`${A}/customer-groups/Trade`, { title: 'Trade' }), { body: { code: 'badCode' } });
  await team.put(`${A}/customer-groups/trade`, { title: 'Trade' });
  t.match(await team.patch(`${A}/customers/${id}`, { version, group: 'trade' }), {
    body: { group: 'trade' },
  });
  t.same((await team.get(`${A}/customer-groups`)).body.items, [
    { code: 'trade', title: 'Trade', memberCount: 1 },
  ]);
  t.match(await team.delete(`${A}/customer-groups/trade`), { status: 409, body: { code: 'inUse' } });
  await team.patch(`${A}/customers/${id}`, { version: version + 1, group: '' });
  t.equal((await team.delete(`${A}/customer-groups/trade`)).status, 204);
  t.equal((await team.delete(`${A}/customer-groups/trade`)).status, 404);
});

t.test('exports all as CSV that no spreadsheet runs, where the tier has it', async (t) => {
  await make('csv@example.lu', { firstName: '=1+1', lastName: 'Quote "and", comma' });
  const csv = await team.get(`${A}/customers/export.csv`);

  t.match(csv, { status: 200, headers: { 'content-type': 'text/csv; charset=utf-8' } });
  const [head, newest] = csv.body.split('\r\n');
  t.match(head, /^email,first_name,last_name,company/);
  t.match(newest, /^csv@example.lu,'=1\+1,"Quote ""and"", comma",/);
  t.equal((await (await member('a', 'editor')).get(`${A}/customers/export.csv`)).status, 403);
  await kernel.features.setMerchantTier(stores.a.merchantId, 'essential');
  t.teardown(() => kernel.features.setMerchantTier(stores.a.merchantId, 'enterprise'));
  t.equal((await team.get(`${A}/customers/export.csv`)).status, 403);
});

t.test('counts what a customer bought, each order and refund once', async (t) => {
  const order = async (lines: object[]) => {
    const { body } = await team.post(`${A}/orders`, { email: 'buyer@example.lu', lines, isPaid: true });
    return body.id as number;
  };
  const buyer = () =>
    inStore('a', 'customers', ({ customerBook }) => customerBook.byEmail('buyer@example.lu'));
  const first = await order([{ title: 'Pen', quantity: 2, unitAmount: 500 }]);
  const second = await order([{ title: 'Book', quantity: 1, unitAmount: 2000 }]);
  await jobs.drain();
  t.match(await buyer(), { orderCount: 2, spentAmount: 3000, lastOrderAt: Date });

  await team.post(`${A}/orders/${first}/refunds`, { amount: 300, reason: 'scratched' });
  await team.post(`${A}/orders/${second}/cancel`, { reason: 'a test' });
  await jobs.drain();
  t.match(await buyer(), { orderCount: 1, spentAmount: 700 });
});

t.test('the other store sees and changes nothing, and a role what it may', async (t) => {
  const { id } = await make('secret@example.lu');
  const B = `/api/stores/${stores.b.handle}`;
  for (const base of [A, B]) {
    t.equal((await stranger.get(`${base}/customers/${id}`)).status, 404);
    t.equal((await stranger.patch(`${base}/customers/${id}`, { version: 1, note: 'x' })).status, 404);
    t.equal((await stranger.put(`${base}/customers/${id}/status`, { state: 'disabled' })).status, 404);
  }
  t.same((await stranger.get(`${B}/customers`)).body, { items: [], next: null });
  t.equal((await stranger.get(`${A}/customers`)).status, 404);
  const reader = await member('a', 'read-only');
  t.equal((await reader.get(`${A}/customers/${id}`)).status, 200);
  t.equal((await reader.patch(`${A}/customers/${id}`, { version: 1, note: 'x' })).status, 403);
});
