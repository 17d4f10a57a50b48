import { get } from 'node:http';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import t from 'tap';
import { openEmbedded } from '../../../scripts/embedded/index.ts';
import { openFolder } from '../../support/checkout.ts';
import { kontor, startKontor } from '../../support/kontor.ts';

t.test('furnishes an empty platform and shows the first sign-ins once', async (t) => {
  const home = join(openFolder(t), 'home');
  const first = await startKontor(t, { home, env: { KONTOR_DEMO: 'on' } });
  const [, email, password] = /Admin of the platform\s+(\S+)\s+(\S+)/.exec(first.said.out) ?? [];

  t.match(first.said.out, /Maison Our\s+http:\/\/demo\.localhost:\d+/);
  t.match(first.said.out, /Owner of Maison Our\s+owner@kontor\.localhost\s+\S{22}/);
  t.equal((await fetch(`${first.origin}/livez`)).status, 200);
  t.equal((await fetch(`${first.origin}/readyz`)).status, 200);
  const signedIn = await fetch(`${first.origin}/api/account/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: first.origin, 'idempotency-key': 'first' },
    body: JSON.stringify({ email, password }),
  });
  t.match(signedIn.status, /^20\d$/, await signedIn.text());

  const { host, port } = new URL(first.origin);
  const [shelves] = await once(
    get({ port, path: '/api/shop/products?limit=100', headers: { host: `demo.${host}` } }),
    'response',
  );
  const cards = (await json(shelves)) as { items: unknown[] };
  t.ok(cards.items.length >= 60, 'the shelves are full before anybody is told to come');
  first.child.kill('SIGKILL');
  await first.ended;
  const second = await startKontor(t, { home });
  t.notMatch(second.said.out, /sign-ins/);
  t.equal((await fetch(`${second.origin}/livez`)).status, 200);

  const list = await kontor(['stores', 'list', '--json'], { home });
  t.match(JSON.parse(list.out), [{ handle: 'demo' }, { handle: 'atelier' }]);
  t.equal(
    (await fetch(`${second.origin}/readyz`)).status,
    200,
    'a command beside does not take the database away',
  );

  second.child.kill('SIGINT');
  t.match(await second.ended, { code: 0 });
  t.notOk(existsSync(join(home, 'postgres/postmaster.pid')));
  t.notMatch(second.said.error, /error/);
});

t.test('starts nothing embedded when DATABASE_URL names a database', async (t) => {
  const folder = openFolder(t);
  const elsewhere = await openEmbedded({ home: join(folder, 'elsewhere'), durable: false });
  t.teardown(elsewhere.stop);
  const home = join(folder, 'home');
  const env = { DATABASE_URL: `postgres://postgres@localhost/kontor?host=${elsewhere.target.host}` };

  const started = await startKontor(t, { home, env });

  t.equal((await fetch(`${started.origin}/readyz`)).status, 200);
  t.notOk(readdirSync(home).some((name) => name.startsWith('postgres')));
  started.child.kill('SIGTERM');
  t.match(await started.ended, { code: 0 });
});

t.test('in production makes tiers and an admin only', async (t) => {
  const home = join(openFolder(t), 'home');
  const env = {
    NODE_ENV: 'production',
    KONTOR_PLATFORM_DOMAIN: 'shops.example',
    KONTOR_PLATFORM_ORIGIN: 'http://shops.example',
  };

  const started = await startKontor(t, { home, env });

  t.match(started.said.out, /Admin of the platform\s+admin@shops\.example\s+\S{22}/);
  t.notMatch(started.said.out, /Owner|Maison/);
  for (const line of started.said.error.trim().split('\n').filter(Boolean)) {
    t.ok(JSON.parse(line), 'logs lines for machines');
  }
  started.child.kill('SIGTERM');
  t.match(await started.ended, { code: 0 });
});

t.test('says which port is taken and how to choose another, before it starts anything', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  t.teardown(() => other.close());
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const home = join(openFolder(t), 'home');

  const { code, error } = await kontor(['start'], { home, env: { PORT: String(port) } });

  t.equal(code, 1);
  t.match(error, new RegExp(`^Port ${port} on 127.0.0.1 is taken .*PORT=${port + 1} npm start\n$`));
  t.notOk(existsSync(join(home, 'postgres')));
});

t.test('names what is wrong with the environment', async (t) => {
  const { code, error } = await kontor(['start'], {
    home: t.testdir(),
    env: { KONTOR_ROLE: 'both', KONTOR_SECRTE: 'x' },
  });

  t.equal(code, 1);
  t.match(error, /KONTOR_SECRTE is not known: did you mean KONTOR_SECRET\?\n- KONTOR_ROLE: wanted one of/);
});

t.test('a secret is made once and never logged', async (t) => {
  const home = join(openFolder(t), 'home');
  const started = await startKontor(t, { home, env: { KONTOR_LOG_LEVEL: 'debug' } });
  started.child.kill('SIGTERM');
  await started.ended;

  const secret = readFileSync(join(home, 'secret'), 'utf8').trim().slice(2);
  t.equal(secret.length, 64);
  t.notOk((started.said.out + started.said.error).includes(secret));
});
