import t from 'tap';
import { startTestKernel, type Answer } from 'kontor/sdk/testing';

const { anonymous, inStore, jobs, kernel, owner, stores } = await startTestKernel(t, {
  plugins: ['customers'],
});
const PASSWORD = 'correct horse battery';
const ADA = { email: 'Ada@Example.lu', password: PASSWORD, firstName: 'Ada', lastName: 'Weber' };
const HOME = {
  firstName: 'Ada',
  lastName: 'Weber',
  line1: '1, rue du Fort',
  postalCode: 'L-1234',
  city: 'Luxembourg',
  country: 'LU',
};

/** A browser at a store that keeps the cookie and the token it was given. */
function browser(store: 'a' | 'b') {
  const headers: Record<string, string> = { origin: `http://${stores[store].host}` };
  const call = async (method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, body?: object) => {
    const answer = await anonymous(store)[method](`/api/shop/account${path}`, body, headers);
    keep(answer, headers);
    return answer;
  };
  return {
    get: (path = '') => call('get', path),
    post: (path: string, body?: object) => call('post', path, body),
    put: (path: string, body: object) => call('put', path, body),
    patch: (path: string, body: object) => call('patch', path, body),
    delete: (path: string) => call('delete', path),
  };
}

function keep({ headers, body }: Answer, jar: Record<string, string>): void {
  const cookie = [headers['set-cookie']]
    .flat()
    .map(String)
    .find((one) => one.startsWith(kernel.http.sessionCookies.store));
  if (cookie) jar.cookie = cookie.split(';')[0]!;
  if (body?.csrfToken) jar['x-csrf-token'] = body.csrfToken;
}

t.test('a visitor opens an account, is signed in, and is known by it from then on', async (t) => {
  await inStore('a', 'customers', ({ customerBook }) =>
    customerBook.remember({ email: ADA.email, customerId: null }),
  );
  const ada = browser('a');
  const registered = await ada.post('/register', { ...ADA, acceptsMarketing: true });

  t.match(registered, {
    status: 201,
    body: { customer: { email: 'ada@example.lu', firstName: 'Ada', acceptsMarketing: true } },
  });
  t.match((await ada.get()).body, { email: 'ada@example.lu', lastName: 'Weber', addresses: [] });
  for (const hidden of ['note', 'tags', 'group', 'spentAmount'])
    t.notOk(hidden in (await ada.get()).body, hidden);
  const profile = await inStore('a', 'customers', ({ customerBook }) => customerBook.byEmail(ADA.email));
  t.match(profile, { state: 'active', firstName: 'Ada' }, 'what the guest was known by is the account’s now');
  await jobs.drain();

  t.match(await browser('a').post('/register', ADA), { status: 409, body: { code: 'emailTaken' } });
  t.equal((await browser('b').post('/register', { ...ADA, password: 'another pass phrase' })).status, 201);
  t.match(await browser('a').post('/register', { ...ADA, email: 'eve@example.lu', password: 'short' }), {
    status: 422,
    body: { code: 'weakPassword' },
  });
});

t.test('tells whoever opens an account nothing of the guest who had the address before', async (t) => {
  const email = 'guest@example.lu';
  await inStore('a', 'customers', async ({ customerBook }) => {
    const id = await customerBook.remember({
      email,
      customerId: null,
      firstName: 'Grace',
      lastName: 'Hopper',
    });
    await customerBook.update(id, { phone: '+352 621 000 000', company: 'Navy', vatNumber: 'LU12345678' });
  });
  const stranger = browser('a');
  const registered = await stranger.post('/register', { email, password: PASSWORD, firstName: 'Mallory' });
  const own = { email, firstName: 'Mallory', lastName: '', phone: '', company: '', vatNumber: '' };
  t.match(registered, { status: 201, body: { customer: own } });
  t.match((await stranger.get()).body, { ...own, addresses: [] });
});

t.test('signs in with the right password, in the right store, until it signs out', async (t) => {
  const ada = browser('a');
  const signIn = (who: ReturnType<typeof browser>, password: string) =>
    who.post('/sign-in', { email: 'ada@example.lu', password });

  t.match(await signIn(ada, 'wrong'), { status: 401, body: { code: 'wrongCredentials' } });
  t.match(await browser('a').post('/sign-in', { email: 'nobody', password: 'wrong' }), {
    status: 401,
    body: { code: 'wrongCredentials' },
  });
  t.equal((await signIn(browser('b'), PASSWORD)).status, 401, 'the other store has another password');
  t.match(await signIn(ada, PASSWORD), { status: 200, body: { customer: { email: 'ada@example.lu' } } });
  t.equal((await ada.get()).status, 200);
  const signedOut = await ada.post('/sign-out');
  t.equal(signedOut.status, 204);
  t.match(
    String(signedOut.headers['set-cookie']),
    /kontor_cart=;[^,]*Max-Age=0/,
    'the cart leaves the browser too',
  );
  t.equal((await ada.get()).status, 401);
});

t.test('changes profile, password and addresses of its own', async (t) => {
  const ada = browser('a');
  await ada.post('/sign-in', { email: 'ada@example.lu', password: PASSWORD });

  t.match(await ada.patch('', { phone: '+352 123', vatNumber: 'lu 123.456-78', locale: 'fr' }), {
    status: 200,
    body: { phone: '+352 123', vatNumber: 'LU12345678', locale: 'fr', firstName: 'Ada' },
  });
  for (const field of ['note', 'group', 'tags', 'email', 'spentAmount', 'version'])
    t.equal((await ada.patch('', { [field]: 'x' })).status, 422, `${field} is not theirs to change`);

  const added = await ada.post('/addresses', HOME);
  t.match(added, {
    status: 201,
    body: { city: 'Luxembourg', isDefaultShipping: true, isDefaultBilling: true },
  });
  t.match(await ada.post('/addresses', { ...HOME, postalCode: '12' }), {
    status: 422,
    body: { code: 'badAddress', details: { faults: { postalCode: /1234/ } } },
  });
  t.match(await ada.put(`/addresses/${added.body.id}`, { ...HOME, city: 'Esch' }), {
    body: { city: 'Esch' },
  });

  const eve = browser('a');
  await eve.post('/register', { email: 'eve@example.lu', password: PASSWORD });
  t.equal((await eve.put(`/addresses/${added.body.id}`, HOME)).status, 404);
  t.equal((await eve.delete(`/addresses/${added.body.id}`)).status, 404);
  t.same((await eve.get('/addresses')).body.items, []);
  t.equal((await ada.delete(`/addresses/${added.body.id}`)).status, 204);

  t.equal((await ada.post('/password', { current: 'wrong', next: 'a new pass phrase' })).status, 403);
  t.equal((await ada.post('/password', { current: PASSWORD, next: 'a new pass phrase' })).status, 204);
  t.equal((await ada.get()).status, 200, 'this session goes on');
  t.equal((await browser('a').post('/sign-in', { email: ADA.email, password: PASSWORD })).status, 401);
});

t.test('answers a forgotten password the same for every address', async (t) => {
  const answers = [];
  for (const email of ['ada@example.lu', 'nobody@example.lu', 'no address']) {
    const { status, body } = await browser('a').post('/password/reset-request', { email });
    answers.push({ status, body });
  }
  t.same(answers, Array(3).fill({ status: 202, body: { accepted: true } }));
  t.match(await browser('a').post('/password/reset', { token: 'made up', password: PASSWORD }), {
    status: 410,
    body: { code: 'invalidToken' },
  });
});

t.test('a disabled account is out at once, and in again when it is active', async (t) => {
  const bob = browser('a');
  await bob.post('/register', { email: 'bob@example.lu', password: PASSWORD });
  const me = await owner('a');
  const profile = await inStore('a', 'customers', ({ customerBook }) =>
    customerBook.byEmail('bob@example.lu'),
  );
  const status = `/api/stores/${stores.a.handle}/customers/${profile!.id}/status`;

  t.match(await me.put(status, { state: 'disabled' }), { status: 200, body: { state: 'disabled' } });
  t.equal((await bob.get()).status, 401);
  t.match(await bob.post('/sign-in', { email: 'bob@example.lu', password: PASSWORD }), {
    status: 403,
    body: { code: 'disabled' },
  });
  await me.put(status, { state: 'active' });
  t.equal((await bob.post('/sign-in', { email: 'bob@example.lu', password: PASSWORD })).status, 200);
});
