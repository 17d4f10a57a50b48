import t from 'tap';
import type { RateLimitStore, Route } from 'kontor/sdk';
import { aPlugin, people, startHttp } from './support.ts';

const limited = (path: string, rateLimit: Route['rateLimit']): Route => ({
  method: 'GET',
  path,
  surface: 'storefront',
  access: 'anyone',
  handler: () => 'in',
  ...(rateLimit && { rateLimit }),
});
const plugins = [
  aPlugin('notes', [
    limited('/by-address', { max: 2, window: 60_000 }),
    limited('/by-actor', { max: 1, window: 60_000, per: 'actor' }),
    limited('/by-store', { max: 2, window: 60_000, per: 'store' }),
  ]),
];

t.test('lets as many calls in as the route says, then says how long to wait', async (t) => {
  const { ask, clock } = await startHttp(t, { plugins });
  const call = (host = 'a.localhost', remoteAddress = '192.0.2.1') =>
    ask({ url: '/by-address', host, remoteAddress });
  const first = await call();
  t.match(first.headers, { 'ratelimit-limit': '2', 'ratelimit-remaining': '1', 'ratelimit-reset': '60' });
  t.equal((await call()).status, 200);
  const third = await call();
  t.match(third, {
    status: 429,
    headers: { 'retry-after': '60' },
    body: { details: { max: 2, window: 60_000 } },
  });
  t.equal((await call('a.localhost', '192.0.2.2')).status, 200, 'another address has its own count');
  t.equal((await call('b.localhost')).status, 200, 'so has another store');
  clock.time = new Date(clock.time.getTime() + 60_000);
  t.equal((await call()).status, 200, 'and the next window begins anew');
});

t.test('counts an actor wherever it is, and a store whoever calls', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const actor = async (remoteAddress: string, headers = {}) =>
    (await ask({ url: '/by-actor', host: 'a.localhost', remoteAddress, headers })).status;
  t.equal(await actor('192.0.2.1', people.customer), 200);
  t.equal(await actor('192.0.2.2', people.customer), 429);
  t.equal(await actor('192.0.2.1'), 200);
  const store = async (remoteAddress: string) =>
    (await ask({ url: '/by-store', host: 'a.localhost', remoteAddress })).status;
  t.same([await store('192.0.2.1'), await store('192.0.2.2'), await store('192.0.2.3')], [200, 200, 429]);
});

t.test('counts a whole network of IPv6 as one address', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const call = async (remoteAddress: string) =>
    (await ask({ url: '/by-address', host: 'a.localhost', remoteAddress })).status;
  t.same(
    [await call('2001:db8:1:2::1'), await call('2001:db8:1:2::2'), await call('2001:db8:1:2:3::4')],
    [200, 200, 429],
  );
  t.equal(await call('2001:db8:1:3::1'), 200);
  t.same([await call('::1'), await call('::ffff:192.0.2.1')], [200, 200]);
  t.same(
    [await call('2001:db8::1:2:3:4'), await call('2001:db8::5:6:7:8'), await call('2001:db8::9')],
    [200, 200, 429],
    'however it is shortened',
  );
});

t.test('counts in a shared store when a plugin brings one, and alone when that fails', async (t) => {
  const keys: string[] = [];
  const rateLimitStore: RateLimitStore = {
    async increment(key, window) {
      if (keys.push(key) > 1) throw new Error('the shared store is away');
      return { current: 1, ttl: window };
    },
  };
  const { ask, lines } = await startHttp(t, { plugins, rateLimitStore });
  const call = async () => (await ask({ url: '/by-address', host: 'a.localhost' })).status;
  t.same([await call(), await call(), await call(), await call()], [200, 200, 200, 429]);
  t.match(keys[0], /^GET \/by-address 1 /);
  t.match(lines[0], { level: 'warn' });
});
