import { once } from 'node:events';
import { connect } from 'node:net';
import t from 'tap';
import type { Route } from 'kontor/sdk';
import { aPlugin, startHttp } from './support.ts';

/** A raw client: what it sends, and all that came until the other side closed. */
async function socketTo(address: string) {
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  await once(socket, 'connect');
  let came = '';
  socket.on('data', (bytes) => {
    came += bytes;
  });
  const closed = once(socket, 'close');
  return {
    send: (text: string) => socket.write(text),
    /** Everything that came, once `part` is in it. */
    async until(part: string) {
      while (!came.includes(part)) await once(socket, 'data');
      return came;
    },
    closed: async () => {
      await closed;
      return came;
    },
  };
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

function slowPlugin() {
  const entered = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const base = { method: 'GET', surface: 'platform', access: 'anyone' } as const;
  const routes: Route[] = [
    { ...base, path: '/quick', handler: () => ({ quick: true }) },
    {
      ...base,
      path: '/slow',
      handler: async () => {
        entered.resolve();
        await held.promise;
        return { slow: true };
      },
    },
  ];
  return { plugins: [aPlugin('notes', routes)], entered: entered.promise, release: held.resolve };
}

t.test('answers what runs, closes what idles, and is not ready, while it drains', async (t) => {
  const { plugins, entered, release } = slowPlugin();
  const { http, ask } = await startHttp(t, { plugins });
  const { address } = await http.listen();
  const idle = await socketTo(address);
  const busy = await socketTo(address);
  idle.send(get('/quick'));
  await idle.until('{"quick":true}');
  busy.send(get('/slow'));
  await entered;

  const drained = http.drain();

  await idle.closed();
  t.match(await ask({ url: '/readyz' }), { status: 503, body: { notReady: [/stopping/] } });
  t.equal((await ask({ url: '/livez' })).status, 200);
  release();
  t.match(await busy.closed(), /connection: close[\s\S]*{"slow":true}$/i);
  await drained;
  await t.rejects(socketTo(address), { code: 'ECONNREFUSED' });
});

t.test('gives up on a handler that hangs, in words, and waits no longer for it when it stops', async (t) => {
  const { plugins } = slowPlugin();
  const { http } = await startHttp(t, { plugins, config: { requestTimeout: 150 } });
  const { address } = await http.listen();
  const hanging = await socketTo(address);
  hanging.send(get('/slow'));
  const answer = await hanging.closed();
  t.match(answer, /^HTTP\/1\.1 503 [\s\S]*KERNEL_ERR_TIMEOUT/);
  await http.drain();
});

t.test('ends sockets that run on past the drain', async (t) => {
  const { plugins, entered } = slowPlugin();
  const { http } = await startHttp(t, { plugins, config: { requestTimeout: 300 } });
  const { address } = await http.listen();
  const busy = await socketTo(address);
  busy.send(get('/slow'));
  await entered;
  const [, answer] = await Promise.all([http.drain(), busy.closed()]);
  t.notMatch(answer, /^HTTP\/1\.1 200/, 'the drain ended first, and the socket with it');
});

t.test('refuses headers that are too large, and what is no HTTP, without falling over', async (t) => {
  const { plugins } = slowPlugin();
  const { http } = await startHttp(t, { plugins });
  const { address } = await http.listen();
  const large = await socketTo(address);
  large.send(`GET /quick HTTP/1.1\r\nHost: localhost\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`);
  t.match(await large.closed(), /^HTTP\/1\.1 431 /);
  const noise = await socketTo(address);
  noise.send('\u0016\u0003\u0001 hello\r\n\r\n');
  t.match(await noise.closed(), /^HTTP\/1\.1 400 /);
  const nameless = await socketTo(address);
  nameless.send('GET / HTTP/1.0\r\n\r\n');
  t.match(await nameless.closed(), /^HTTP\/1\.1 404 /);
});
