import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import { internet, type Internet } from '../services/find-addresses.ts';
import { isPublicAddress } from '../services/public-address.ts';
import { createWebClient } from '../services/web-client.ts';
import { certificate, key } from './certificate.ts';

const asked: string[] = [];
const answers: Record<string, RequestListener> = {
  '/moved': (_, response) => response.writeHead(302, { location: '/hello' }).end(),
  '/big': (_, response) => response.end('x'.repeat(2000)),
  '/gzip': (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed')),
  '/br': (_, response) =>
    response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync('packed')),
  '/strange': (_, response) => response.writeHead(200, { 'content-encoding': 'zstd2' }).end('?'),
  '/bomb': (_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(20_000_000))),
  '/cut': (_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half');
    setImmediate(() => response.destroy());
  },
  '/silent': () => undefined,
  '/echo': (request, response) => {
    request.pipe(response.writeHead(201, { 'x-method': request.method ?? '' }));
  },
};
const answer: RequestListener = (request, response) => {
  asked.push(`${request.headers.host}${request.url}`);
  (answers[request.url ?? ''] ?? ((_, fine) => fine.end('hello')))(request, response);
};
const plain = createServer(answer);
const secure = createSecureServer({ key, cert: certificate }, answer);
const portOf = (server: typeof plain | typeof secure) => (server.address() as AddressInfo).port;
for (const server of [plain, secure]) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
}

/** A client of an internet in which every name leads here. */
function client(net: Partial<Internet> = {}, settings: object = {}) {
  const rules = { allowedPorts: [80, 443, portOf(plain), portOf(secure)], allowedHosts: [], ...settings };
  return createWebClient(
    { settings: { get: async () => rules as never, set: () => Promise.reject(new Error('not asked for')) } },
    { lookUp: async () => ['127.0.0.1'], isAllowed: () => true, ca: certificate, ...net },
  );
}
const at = (path: string) => `http://shop.example.lu:${portOf(plain)}${path}`;
t.beforeEach(() => asked.splice(0));

t.test('knows the addresses of our own network, however they are spelt', async (t) => {
  const ours = [
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '2002:7f00:1::',
    '2001:0:1::',
    '2001:db8::1',
  ];
  t.same(ours.filter(isPublicAddress), []);
  const open = ['8.8.8.8', '172.32.0.1', '2a00:1450:4001::1', '2606:4700::1111'];
  t.same(open.filter(isPublicAddress), open);
});

t.test('asks the address that was judged, under the name that was meant', async (t) => {
  const answered = await client().get({ url: at('/hello?a=1') });

  t.match(answered, { ok: true, value: { status: 200 } });
  t.equal(answered.ok && answered.value.body.toString(), 'hello');
  t.same(asked, [`shop.example.lu:${portOf(plain)}/hello?a=1`]);
});

t.test('sends a body and headers, and keeps its own', async (t) => {
  const headers = { Host: 'other.example.lu', 'X-Mark': '1' };
  const answered = await client().get({ url: at('/echo'), method: 'POST', headers, body: 'ping' });

  t.match(answered, { value: { status: 201, headers: { 'x-method': 'POST' } } });
  t.equal(answered.ok && answered.value.body.toString(), 'ping');
  t.same(asked, [`shop.example.lu:${portOf(plain)}/echo`]);
});

t.test('checks the certificate against the name', async (t) => {
  const secured = (name: string) => `https://${name}:${portOf(secure)}/hello`;

  t.match(await client().get({ url: secured('shop.example.lu') }), { ok: true });
  t.match(await client().get({ url: secured('other.example.lu') }), { refusal: 'unreachable' });
  t.match(await client().get({ url: secured('127.0.0.1') }), { refusal: 'unreachable' });
  t.same(asked, [`shop.example.lu:${portOf(secure)}/hello`]);
});

t.test('asks nobody when one address of a name is of our own network', async (t) => {
  const mixed = client({ lookUp: async () => ['8.8.8.8', '127.0.0.1'], isAllowed: isPublicAddress });
  t.match(await mixed.get({ url: at('/hello') }), { refusal: 'unreachable' });

  const real = client(internet);
  for (const host of ['127.0.0.1', '0x7f.1', '2130706433', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0'])
    t.match(await real.get({ url: `http://${host}:${portOf(plain)}/` }), { refusal: 'unreachable' }, host);
  t.same(asked, []);
});

t.test('refuses what is no address of the web, and ports that are not allowed', async (t) => {
  const refusals = await Promise.all(
    [
      'shop.example.lu',
      'ftp://shop.example.lu/',
      'file:///etc/passwd',
      'http://ada:secret@shop.example.lu/',
      'http://shop.example.lu:22/',
      'https://shop.example.lu:6379/',
    ].map((url) => client().get({ url })),
  );

  t.same(
    refusals.map((one) => !one.ok && one.refusal),
    Array(6).fill('badAddress'),
  );
});

t.test('follows no redirect', async (t) => {
  t.match(await client().get({ url: at('/moved') }), {
    value: { status: 302, headers: { location: '/hello' } },
  });
  t.equal(asked.length, 1);
});

t.test('takes no more than was asked for', async (t) => {
  t.match(await client().get({ url: at('/big'), maxBytes: 2000 }), { ok: true });
  t.match(await client().get({ url: at('/big'), maxBytes: 1999 }), { refusal: 'tooLarge' });

  const opened = await client().open({ url: at('/big'), maxBytes: 1999 });
  await t.rejects(async () => opened.ok && opened.value.body.toArray(), { code: 'WEB_CLIENT_ERR_TOO_LARGE' });
});

t.test('unpacks what came packed, and no bomb', async (t) => {
  for (const path of ['/gzip', '/br']) {
    const answered = await client().get({ url: at(path) });
    t.equal(answered.ok && answered.value.body.toString(), 'packed', path);
  }
  t.match(await client().get({ url: at('/bomb'), maxBytes: 100_000_000 }), { refusal: 'tooLarge' });
  t.match(await client().get({ url: at('/strange') }), { refusal: 'unreachable' });
  t.match(await client().get({ url: at('/gzip'), method: 'HEAD' }), { value: { status: 200 } });
});

t.test('gives up when its time is over, whatever is slow', async (t) => {
  t.match(await client().get({ url: at('/silent'), timeLimit: 50 }), { refusal: 'unreachable' });
  const slow = client({
    lookUp: (_, signal) => new Promise((_, reject) => signal.addEventListener('abort', reject)),
  });
  t.match(await slow.get({ url: at('/hello'), timeLimit: 50 }), { refusal: 'unreachable' });
  const signal = AbortSignal.abort();
  t.match(await client().get({ url: at('/hello'), signal }), { refusal: 'unreachable' });
});

t.test('says that an answer broke off, and nothing of the network', async (t) => {
  t.match(await client().get({ url: at('/cut') }), { ok: false, refusal: 'unreachable', details: {} });
  const opened = await client().open({ url: at('/cut') });
  await t.rejects(async () => opened.ok && opened.value.body.toArray(), {
    code: 'WEB_CLIENT_ERR_BROKEN_OFF',
  });
  const nobody = client({ lookUp: async () => [] });
  t.match(await nobody.get({ url: at('/hello') }), { refusal: 'unreachable' });
});

t.test('lets an admin vouch for a host, and no store', async (t) => {
  const { inStore, kernel } = await startTestKernel(t, { plugins: [new URL('..', import.meta.url)] });
  const host = `127.0.0.1:${portOf(plain)}`;
  const get = () =>
    inStore('a', 'web-client', ({ webClient }) => webClient.get({ url: `http://${host}/hello` }));

  t.match(await get(), { refusal: 'badAddress' }, 'a port that is not allowed');
  t.match(await inStore('a', 'web-client', ({ settings }) => settings.set({ allowedHosts: [host] })), {
    refusal: 'invalid',
  });
  t.ok((await kernel.settings.platformSet('web-client', { allowedHosts: [host] })).ok);
  t.match(await get(), { ok: true, value: { status: 200 } });
});
