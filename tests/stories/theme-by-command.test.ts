import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import { openFolder } from '../support/checkout.ts';
import { readFolder } from '../../plugins/storefront/themes/zip/read-folder.ts';
import { freePort } from '../../scripts/cli/free-port.ts';
import { kontor } from '../support/kontor.ts';

t.test('an agency makes a theme by commands, and shows it in a store', async (t) => {
  const port = await freePort({ host: '127.0.0.1', port: 0 });
  const origin = `http://localhost:${port}`;
  const world = await startTestKernel(t, {
    plugins: ['storefront'],
    config: {
      http: {
        ...{ host: '127.0.0.1', port, platformDomain: 'localhost', platformOrigin: origin },
        ...{ trustedProxies: [], requestTimeout: 30_000 },
      },
    },
  });
  const scopes = ['read', 'write', 'publish'].map((one) => `storefront.themes.${one}`);
  const { secret } = await world.apiKey('a', scopes);
  const [me, other] = [await world.owner('a'), await world.apiKey('b', scopes)];
  const ours = `/api/stores/${world.stores.a.handle}/themes`;
  const home = openFolder(t);
  const folder = join(home, 'mine');
  const to = ['--store', world.stores.a.handle, '--url', origin];
  const run = async (...words: string[]) => kontor(words, { home, env: { THEME_KEY: secret } });
  const ask = async (...words: string[]) => {
    const { code, out, error } = await run(...words, '--json');
    t.equal(code, 0, error);
    return JSON.parse(out);
  };

  await t.test('new, check, package', async (t) => {
    await ask('theme', 'new', folder);
    t.match(await run('theme', 'new', folder), { code: 1, error: /is not empty/ });
    t.match(await ask('theme', 'check', folder), { errors: [], warnings: [], ignored: ['README.md'] });
    const packed = await ask('theme', 'package', folder, join(home, 'mine.zip'));
    t.match(packed, { files: 31, warnings: [] });

    await writeFile(join(folder, 'snippets/price.liquid'), '{% if %}');
    const broken = await run('theme', 'check', folder);
    t.match(broken, { code: 1, out: /snippets\/price\.liquid:1 {2}error {2}brokenLiquid/ });
    t.match(await run('theme', 'push', folder, ...to), { code: 1, error: /would be refused/ });
    await writeFile(join(folder, 'snippets/price.liquid'), '{{ item.price | money }}');
  });

  await t.test('push, preview, pull', async (t) => {
    const pushed = await ask('theme', 'push', folder, ...to, '--name', 'Ours', '--publish');
    t.match(pushed, { number: 1, isPublished: true });
    const theme = ['--theme', String(pushed.id)];
    t.match((await me.get(`${ours}/${pushed.id}`)).body, { name: 'Ours', live: 1 });

    await writeFile(join(folder, 'snippets/more.liquid'), 'more');
    t.match(await ask('theme', 'push', folder, ...to, ...theme), { id: pushed.id, number: 2 });
    t.equal((await me.get(`${ours}/${pushed.id}`)).body.live, 1, 'visitors see what they saw');

    const { address } = await ask('theme', 'preview', ...to, ...theme, '--hours', '1');
    const { pathname, search } = new URL(address);
    t.equal((await world.anonymous('a').get(`${pathname}${search}`)).status, 303);

    const back = join(home, 'back');
    const pulled = await ask('theme', 'pull', back, ...to, ...theme);
    t.equal(pulled.files.length, 32);
    t.equal(await readFile(join(back, 'snippets/more.liquid'), 'utf8'), 'more');

    const foreign = await kontor(['theme', 'pull', back, ...to, ...theme], {
      home,
      env: { THEME_KEY: other.secret },
    });
    t.match(foreign, { code: 1, error: /The platform refused \(404\)/ });
    t.match(await run('theme', 'push', folder, '--url', origin), { code: 2, error: /--store is missing/ });
  });

  await t.test('dev follows the folder, and reloads the page', async (t) => {
    const words = ['scripts/kontor.cjs', 'theme', 'dev', folder, ...to, '--port', '0'];
    const env = { PATH: process.env.PATH, KONTOR_HOME: home, THEME_KEY: secret };
    const dev = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    t.teardown(() => dev.kill('SIGTERM'));
    const lines = createInterface({ input: dev.stdout! })[Symbol.asyncIterator]();
    const next = async () => String((await lines.next()).value);
    const [, id, address] = /^Theme (\d+) is shown at (\S+) /.exec(await next())!;

    const page = await (await fetch(address!)).text();
    t.match(page, /<script src="\/__kontor\/reload\.js"><\/script><\/body>/);
    const stream = (await fetch(`${address}/__kontor/reload`)).body!.getReader();
    const heard = async () => new TextDecoder().decode((await stream.read()).value);
    t.equal(await heard(), ': here\n\n');

    await writeFile(join(folder, 'snippets/more.liquid'), 'still more');
    t.equal(await heard(), 'data: "snippets/more.liquid"\n\n');
    t.equal(await next(), 'snippets/more.liquid: version 2');
    t.equal((await me.get(`${ours}/${id}/files/snippets/more.liquid`)).body.text, 'still more');

    await writeFile(join(folder, 'snippets/more.liquid'), '{% if %}');
    t.match(await next(), /The platform refused \(422\)/);
    dev.kill('SIGTERM');
    t.same(await once(dev, 'exit'), [0, null]);
  });
});

t.test('what kontor theme new makes shows every page without an error', async (t) => {
  const { anonymous, inStore } = await startTestKernel(t, {
    plugins: ['storefront', 'search', 'inventory', 'checkout', 'media', 'content'],
  });
  await inStore('a', 'catalog', async ({ catalog }) => {
    for (const title of ['Mug', 'Lamp']) {
      const made = await catalog.create({ title, state: 'active', variants: [{ amount: 1999 }] });
      if (!made.ok) t.bailout(made.refusal);
    }
  });
  await inStore('a', 'storefront', async ({ themes }) => {
    const files = await readFolder(
      fileURLToPath(new URL('../../scripts/new-theme/starter', import.meta.url)),
    );
    const made = await themes.install({
      content: new Map(files.map(({ path, content }) => [path, content])),
    });
    if (!made.ok) return t.bailout(made.refusal);
    t.same([made.value.report.errors, made.value.report.warnings], [[], []]);
    await themes.publish({ id: made.value.theme.id });
  });
  const visitor = anonymous('a');
  const expected = {
    '/': 'Made to last',
    '/?locale=fr': 'Tous les produits',
    '/collections': 'Collections',
    '/collections/all': '€19.99',
    '/products/mug': 'Add to cart',
    '/cart': 'Your cart is empty.',
    '/search?q=mug': '1 result for “mug”',
    '/pages/about': '<h1>',
    '/nowhere': 'There is nothing here',
  };
  for (const [path, words] of Object.entries(expected)) {
    const { status, body } = await visitor.get(path, undefined, { accept: 'text/html' });
    t.equal(status, path === '/nowhere' ? 404 : 200, path);
    t.match(body, words, path);
    t.notMatch(body, /Liquid error|translation missing/i, path);
  }
});
