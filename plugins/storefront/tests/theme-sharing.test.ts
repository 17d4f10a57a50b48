import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import t from 'tap';
import type { Cradle } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';
import { createBundled } from '../themes/library/bundled.ts';
import { addBundledTheme } from '../themes/library/manage.ts';
import { aTheme } from './support/theme.ts';

t.test('themes of the platform', async (t) => {
  const { clock, inStore, owner, secondNode, stores } = await startTestKernel(t, {
    plugins: [new URL('..', import.meta.url)],
  });
  const folder = t.testdir({});
  await writeTheme(join(folder, 'plain'));
  await mkdir(join(folder, 'no-theme'));
  const me = await owner('a');
  const ours = `/api/stores/${stores.a.handle}/themes`;
  const bundledIn = (services: Cradle) => createBundled(services, folder);
  const add = (store: 'a' | 'b') =>
    inStore(store, 'storefront', async (services) => {
      const added = await addBundledTheme({ key: 'plain', bundled: bundledIn(services) }, services);
      return added.ok ? added.value.theme : t.bailout(added.refusal);
    });

  await t.test('are read from their folder, and again when it changes', async (t) => {
    await inStore('a', 'storefront', async (services) => {
      const bundled = bundledIn(services);
      t.same([...(await bundled.all()).keys()], ['plain']);
      const before = (await bundled.all()).get('plain');
      t.match(before, { key: 'plain', name: 'Small', version: '1.0.0', tree: { themeId: null, number: 0 } });
      await writeFile(join(folder, 'plain/snippets.txt'), 'no part of it');
      await writeFile(join(folder, 'plain/locales/fr.json'), '{ "a": "b" }');
      clock.move(2000);
      const after = (await bundled.all()).get('plain');
      t.equal(after?.tree.text('locales/fr.json'), '{ "a": "b" }');
      t.not(after?.tree.key, before?.tree.key);
      const nowhere = createBundled(services, join(folder, 'nowhere'));
      t.same([(await nowhere.all()).size, await nowhere.preferred()], [0, undefined]);
    });
  });

  await t.test('are kept once for all stores, until a store changes a file', async (t) => {
    const [mine, theirs] = [await add('a'), await add('b')];
    t.match(mine, { name: 'Small', source: 'bundled', bundled: 'plain', head: 1 });
    t.same(await contentsOf('a'), []);

    await inStore('a', 'storefront', async ({ themes }) => {
      const tree = await themes.open(mine!.id);
      t.equal(tree?.text('locales/en.default.json'), '{ "cart": { "title": "Cart" } }');
      t.same(await tree?.content('assets/dot.png'), aTheme().get('assets/dot.png'));
      await themes.change({ id: mine!.id, from: 1, change: new Map([['snippets/a.liquid', 'mine']]) });
    });
    t.same(await contentsOf('a'), ['mine']);
    t.equal(
      await inStore('b', 'storefront', async ({ themes }) =>
        (await themes.open(theirs!.id))?.has('snippets/a.liquid'),
      ),
      false,
    );
    t.match((await me.get(`${ours}/${mine!.id}/versions`)).body.items, [
      { number: 2, files: 9 },
      { number: 1, files: 8 },
    ]);
  });

  await t.test('a publication is seen on every node, and each page is of one version', async (t) => {
    const { id } = (await add('a'))!;
    const change = (from: number, words: string) =>
      inStore('a', 'storefront', ({ themes }) =>
        themes.change({
          id,
          from,
          change: new Map([
            ['snippets/one.liquid', words],
            ['snippets/two.liquid', words],
          ]),
        }),
      );
    await change(1, 'old');
    await me.post(`${ours}/${id}/publish`, {});
    await change(2, 'new');
    const words = async ({ themes }: Cradle): Promise<string> => {
      const tree = await themes.live();
      return `${tree?.text('snippets/one.liquid')} ${tree?.text('snippets/two.liquid')}`;
    };
    const page = () => inStore('a', 'storefront', words);
    const other = (await secondNode()).plugins.running.find(({ manifest }) => manifest.id === 'storefront')!;
    const pageOfOther = () => other.services.platform.inStore(stores.a.id, () => words(other.services));
    t.equal(await pageOfOther(), 'old old');

    const seen: Promise<string>[] = [];
    for (let count = 0; count < 500; count += 1) seen.push(page());
    const published = me.post(`${ours}/${id}/publish`, {});
    for (let count = 0; count < 500; count += 1) seen.push(page());
    t.equal((await published).body.live, 3);
    const all = [...new Set(await Promise.all(seen))];
    t.same(
      all.filter((one) => one !== 'old old' && one !== 'new new'),
      [],
    );
    t.equal(await page(), 'new new');
    // It is told as soon as the database tells it; the test ends in its time limit when it is not.
    while ((await pageOfOther()) !== 'new new') await new Promise((resolve) => setImmediate(resolve));
  });

  async function contentsOf(store: 'a' | 'b'): Promise<string[]> {
    const rows = await inStore(store, 'storefront', ({ database, stores }) =>
      database.query<{ words: string }>('select words from storefront.theme_contents where store_id = $1', [
        stores.current().id,
      ]),
    );
    return rows.map(({ words }) => words);
  }
});

async function writeTheme(folder: string): Promise<void> {
  for (const [path, content] of aTheme()) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
