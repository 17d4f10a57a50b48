import t from 'tap';
import { notesPlugin } from './notes.ts';
import { people, startHttp } from './support.ts';

const plugins = [notesPlugin()];
const note = { method: 'POST', url: '/api/stores/a/notes', payload: { text: 'hello' } } as const;
const { origin: _, ...ownerWithoutOrigin } = people.owner;

t.test('takes an unsafe request of a session with our origin and its token only', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const status = async (headers: Record<string, string>) => (await ask({ ...note, headers })).status;
  t.equal(await status(people.owner), 201);
  t.equal(await status({ ...ownerWithoutOrigin, 'sec-fetch-site': 'same-origin' }), 201);
  t.equal(await status(ownerWithoutOrigin), 403);
  t.equal(await status({ ...people.owner, origin: 'http://evil.example' }), 403);
  t.equal(await status({ ...people.owner, origin: 'null' }), 403);
  t.equal(await status({ ...people.owner, origin: 'http://a.localhost' }), 403);
  t.equal(await status({ ...people.owner, 'x-csrf-token': 'csrf-2' }), 403);
  t.equal(await status({ ...people.owner, 'x-csrf-token': '' }), 403);
  t.equal(await status({ ...ownerWithoutOrigin, 'sec-fetch-site': 'cross-site' }), 403);
});

t.test('takes keys and provider calls from anywhere, strangers from no other site', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const evil = { origin: 'http://evil.example' };
  const key = await ask({ ...note, headers: { ...people.key, ...evil } });
  t.match(key.body.detail, /notes\.write/, 'a key passes the cross-site check and lacks its scope');
  t.equal(
    (await ask({ method: 'POST', url: '/hooks/notes/events', headers: evil, payload: {} })).status,
    200,
  );
  t.equal((await ask({ method: 'POST', url: '/api/account/sign-in', headers: evil })).status, 403);
  t.equal((await ask({ method: 'POST', url: '/api/account/sign-in' })).status, 204);
});

t.test('asks a theme for its origin but for no token', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const add = { method: 'POST', url: '/cart/add', host: 'a.localhost', payload: { id: 1 } } as const;
  const { 'x-csrf-token': _token, ...customer } = people.customer;
  t.equal((await ask({ ...add, headers: customer })).status, 200);
  t.equal((await ask({ ...add, headers: { ...customer, origin: 'http://b.localhost' } })).status, 403);
  t.equal(
    (await ask({ method: 'POST', url: '/api/shop/me', host: 'a.localhost', headers: customer })).status,
    403,
  );
});

t.test('sets the session cookie of the host, and takes it away', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const user = await ask({ method: 'POST', url: '/api/account/sign-in' });
  const customer = await ask({ method: 'POST', url: '/api/shop/sign-in', host: 'a.localhost' });
  const gone = await ask({ method: 'POST', url: '/api/account/sign-out', headers: people.owner });
  const until = 'Expires=Fri, 01 Jan 2027 00:00:00 GMT; HttpOnly; SameSite=Lax';
  t.same(user.headers['set-cookie'], [`kontor_user=fresh; Path=/; ${until}`]);
  t.same(customer.headers['set-cookie'], [`kontor_customer=fresh; Path=/; ${until}`]);
  t.same(gone.headers['set-cookie'], ['kontor_user=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax']);
});

t.test('ties session cookies to their very host on https, and asks for https ever after', async (t) => {
  const { ask } = await startHttp(t, { plugins, config: { platformOrigin: 'https://localhost' } });
  const user = await ask({ method: 'POST', url: '/api/account/sign-in' });
  t.match(user.headers['set-cookie'], [
    /^__Host-kontor_user=fresh; Path=\/; Expires=.*; HttpOnly; Secure; SameSite=Lax$/,
  ]);
  t.equal(user.headers['strict-transport-security'], 'max-age=63072000');
  t.equal((await ask({ url: '/api/account/notes', headers: { cookie: 'kontor_user=owner' } })).status, 401);
  t.equal(
    (await ask({ url: '/api/account/notes', headers: { cookie: '__Host-kontor_user=owner' } })).status,
    200,
  );
});

t.test('reads a session among other cookies, and no cookie that only ends in its name', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const status = async (cookie: string) =>
    (await ask({ url: '/api/account/notes', headers: { cookie } })).status;
  t.equal(await status('a=1; kontor_user=owner;b=%E0%A4%A'), 200);
  t.equal(await status('xkontor_user=owner'), 401);
  t.equal(await status('a=kontor_user=owner'), 401);
  t.equal(await status('a=b kontor_user=owner'), 401, 'a page next door may set any value, blanks too');
});
