import t from 'tap';
import type { ProductInput } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';

const plugins = [new URL('..', import.meta.url)];
const active = { state: 'active', publishAt: new Date('2026-01-01T00:00:00Z') } as const;

t.test('search', async (t) => {
  const { anonymous, clock, inStore, jobs, member, owner, stores } = await startTestKernel(t, { plugins });
  const [me, other, reader] = [await owner('a'), await owner('b'), await member('a', 'read-only')];
  const shop = anonymous('a');
  const team = `/api/stores/${stores.a.handle}/search`;
  const make = (store: 'a' | 'b', inputs: readonly ProductInput[]) =>
    inStore(store, 'catalog', async ({ catalog }) => {
      const ids: number[] = [];
      for (const input of inputs) {
        const made = await catalog.create(input);
        if (!made.ok) throw new Error(made.refusal);
        ids.push(made.value.id);
      }
      return ids;
    });
  const titles = (items: { title: string }[]) => items.map(({ title }) => title);
  const found = async (query: string, headers?: Record<string, string>) => {
    const { body } = await shop.get(`/api/shop/search?${query}`, undefined, headers);
    return titles(body.items);
  };
  const [shirt, dress] = await make('a', [
    {
      title: 'Linen shirt',
      vendor: 'Atelier Nord',
      type: 'Shirts',
      tags: ['summer'],
      options: [{ name: 'Size', values: ['S', 'M'] }],
      variants: [
        { amount: 5900, options: ['S'], sku: 'LS-100-S' },
        { amount: 6900, options: ['M'], sku: 'LS-100-M' },
      ],
      translations: { fr: { title: 'Chemise en lin', description: 'Une chemise légère' } },
      ...active,
    },
    {
      title: 'Summer dress in linen',
      vendor: 'Sud',
      type: 'Dresses',
      tags: ['summer', 'linen'],
      description: '<p>Goes with any <b>shirt</b> jacket</p>',
      variants: [{ amount: 9900 }],
      ...active,
    },
    {
      title: 'Wool jacket',
      vendor: 'Atelier Nord',
      type: 'Jackets',
      description: 'Wear it over a shirt',
      options: [{ name: 'Size', values: ['M'] }],
      variants: [{ amount: 19_900, options: ['M'] }],
      ...active,
    },
    { title: 'Hidden shirt', variants: [{ amount: 1 }] },
    { title: 'Crème brûlée bowl', variants: [{ amount: 1500 }], ...active },
  ]);
  await make('b', [
    { title: 'Linen shirt of others', vendor: 'Others', variants: [{ amount: 1 }], ...active },
  ]);
  await jobs.drain();

  await t.test('a title counts more than a name, a name more than a description', async (t) => {
    t.same(await found('q=nord'), ['Wool jacket', 'Linen shirt']);
    t.same(await found('q=shirt'), ['Linen shirt', 'Wool jacket', 'Summer dress in linen']);
    t.same(await found('q=linen'), ['Summer dress in linen', 'Linen shirt']);
    t.same(await found('q=summer'), ['Summer dress in linen', 'Linen shirt']);
    t.same(await found('q=linen+jacket'), ['Summer dress in linen']);
  });

  await t.test('words are found in any form, case and accent, and codes by their parts', async (t) => {
    t.same(await found('q=JACKETS'), ['Wool jacket', 'Summer dress in linen']);
    t.same(await found('q=creme+brulee'), ['Crème brûlée bowl']);
    t.same(await found('q=the+wool'), ['Wool jacket']);
    t.same(await found('q=ls-100'), ['Linen shirt']);
    t.same(await found('q=%26%26'), []);
  });

  await t.test('a language is searched besides the store’s own, and shown', async (t) => {
    const french = { 'accept-language': 'fr' };
    t.same(await found('q=chemises', french), ['Chemise en lin']);
    t.same(await found('q=shirt', french), ['Chemise en lin', 'Wool jacket', 'Summer dress in linen']);
    t.same(await found('q=chemises'), []);
  });

  await t.test('facets are counted, and chosen ones as if they had not been', async (t) => {
    const { body } = await shop.get('/api/shop/search?q=shirt');
    t.same(body.facets, [
      {
        name: 'option.Size',
        values: [
          { value: 'M', count: 2 },
          { value: 'S', count: 1 },
        ],
      },
      {
        name: 'tag',
        values: [
          { value: 'summer', count: 2 },
          { value: 'linen', count: 1 },
        ],
      },
      {
        name: 'type',
        values: [
          { value: 'Dresses', count: 1 },
          { value: 'Jackets', count: 1 },
          { value: 'Shirts', count: 1 },
        ],
      },
      {
        name: 'vendor',
        values: [
          { value: 'Atelier Nord', count: 2 },
          { value: 'Sud', count: 1 },
        ],
      },
    ]);
    t.same(body.priceRange, { minAmount: 5900, maxAmount: 19_900 });
    const chosen = await shop.get('/api/shop/search?q=shirt&facet=vendor:Atelier%20Nord&facet=option.Size:S');
    t.same(titles(chosen.body.items), ['Linen shirt']);
    t.same(
      chosen.body.facets.filter(({ name }: { name: string }) => name !== 'tag' && name !== 'type'),
      [
        {
          name: 'option.Size',
          values: [
            { value: 'M', count: 2 },
            { value: 'S', count: 1 },
          ],
        },
        { name: 'vendor', values: [{ value: 'Atelier Nord', count: 1 }] },
      ],
    );
    t.same(await found('facet=vendor:Sud&facet=vendor:Atelier%20Nord&sort=price'), [
      'Linen shirt',
      'Summer dress in linen',
      'Wool jacket',
    ]);
  });

  await t.test('prices bound and order, pages follow one another', async (t) => {
    t.same(await found('q=shirt&minAmount=6500&maxAmount=10000&sort=-price'), [
      'Summer dress in linen',
      'Linen shirt',
    ]);
    for (const sort of ['relevance', 'price', '-price', 'newest']) {
      const all = await found(`sort=${sort}`);
      const paged: string[] = [];
      let cursor = '';
      do {
        const { body } = await shop.get(`/api/shop/search?sort=${sort}&limit=1${cursor}`);
        t.equal(body.total, 4);
        paged.push(...titles(body.items));
        cursor = body.next === null ? '' : `&cursor=${body.next}`;
      } while (cursor !== '');
      t.same(paged, all);
      t.equal(new Set(all).size, 4);
    }
    t.match(await shop.get('/api/shop/search?cursor=nonsense'), {
      status: 422,
      body: { code: 'SEARCH_ERR_CURSOR' },
    });
  });

  await t.test('slips are forgiven, and the answer says what was searched', async (t) => {
    const { body } = await shop.get('/api/shop/search?q=line+shrit');
    t.same(
      [titles(body.items), body.corrected, body.total],
      [['Linen shirt', 'Summer dress in linen'], 'linen shirt', 2],
    );
    const none = await shop.get('/api/shop/search?q=xylophone');
    t.same([none.body.items, none.body.corrected], [[], null]);
    await inStore('a', 'search', ({ settings }) => settings.set({ forgiveSlips: false }));
    t.same(await found('q=shrit'), []);
    await inStore('a', 'search', ({ settings }) => settings.set({ forgiveSlips: null }));
  });

  await t.test('suggests how a word goes on, then products', async (t) => {
    const { body } = await shop.get('/api/shop/search/suggestions?q=Su');
    t.same(body.suggestions, [
      { text: 'summer', productId: null },
      { text: 'sud', productId: null },
      { text: 'Summer dress in linen', productId: dress },
      { text: 'Linen shirt', productId: shirt },
    ]);
    const second = await shop.get('/api/shop/search/suggestions?q=linen%20sh');
    t.same(second.body.suggestions, [
      { text: 'linen shirt', productId: null },
      { text: 'linen shirts', productId: null },
      { text: 'Linen shirt', productId: shirt },
      { text: 'Summer dress in linen', productId: dress },
    ]);
    t.same((await shop.get('/api/shop/search/suggestions?q=zzz')).body.suggestions, []);
  });

  await t.test('synonyms of a store find what its words mean', async (t) => {
    const sets = { synonyms: [{ words: ['blouse', 'Shirt'] }] };
    t.same(await found('q=blouse'), []);
    t.match(await me.put(`${team}/synonyms`, sets), { status: 200, body: sets });
    t.same((await found('q=blouse'))[0], 'Linen shirt');
    t.same((await me.get(`${team}/synonyms`)).body, sets);
    t.equal((await me.put(`${team}/synonyms`, { synonyms: [{ words: ['one'] }] })).status, 422);
    t.equal((await me.put(`${team}/synonyms`, { synonyms: [{ words: ['two words', 'x'] }] })).status, 422);
  });

  await t.test('follows what changes: texts, states, plans, collections', async (t) => {
    await inStore('a', 'catalog', ({ catalog }) =>
      catalog.update(shirt!, { title: 'Linen tunic', state: 'draft' }),
    );
    await jobs.drain();
    t.same(await found('q=linen'), ['Summer dress in linen']);
    await inStore('a', 'catalog', ({ catalog }) => catalog.update(shirt!, { state: 'active' }));
    await jobs.drain();
    t.same(await found('q=tunic'), ['Linen tunic']);

    const soon = new Date(clock.now().getTime() + 3_600_000);
    const [lamp] = await make('a', [
      {
        title: 'Lamp',
        variants: [{ amount: 1 }],
        state: 'active',
        publishAt: soon,
        unpublishAt: new Date(soon.getTime() + 3_600_000),
      },
    ]);
    await jobs.drain();
    t.same(await found('q=lamp'), []);
    clock.move(3_700_000);
    await jobs.drain();
    t.same(await found('q=lamp'), ['Lamp']);
    clock.move(3_600_000);
    await jobs.drain();
    t.same(await found('q=lamp'), []);

    const collection = await inStore('a', 'catalog', ({ catalog }) =>
      catalog.saveCollection({ title: 'Few', productIds: [dress!, lamp!] }),
    );
    if (!collection.ok) throw new Error(collection.refusal);
    const { id } = collection.value;
    await jobs.drain();
    t.same(await found(`collectionId=${id}`), ['Summer dress in linen']);
    await inStore('a', 'catalog', ({ catalog }) =>
      catalog.saveCollection({ id, title: 'Few', productIds: [shirt!] }),
    );
    await jobs.drain();
    t.same(await found(`collectionId=${id}`), ['Linen tunic']);
    t.same(await found(`collectionId=${id}&q=dress`), []);
    await inStore('a', 'catalog', ({ catalog }) => catalog.remove(shirt!));
    await jobs.drain();
    t.same(await found('q=tunic'), []);
  });

  await t.test('indexing everything again ends in the same index', async (t) => {
    const index = () =>
      inStore('a', 'search', async ({ database, stores }) => [
        await database.query(
          'select term, product_id, weight from search.postings where store_id = $1 order by 1, 2',
          [stores.current().id],
        ),
        await database.query(
          `select d.product_id, d.locale, t.term, t.weight from search.documents d cross join unnest(d.terms, d.weights) as t (term, weight)
           where d.store_id = $1 order by 3, 1, 2`,
          [stores.current().id],
        ),
      ]);
    const before = await index();
    t.same(
      before[0]!.map((row) => [row.term, row.product_id, row.weight]),
      before[1]!.map((row) => [row.term, row.product_id, row.weight]),
    );
    await inStore('a', 'search', ({ database, stores }) =>
      database.query("delete from search.postings where store_id = $1 and term like 'en:%'", [
        stores.current().id,
      ]),
    );
    await inStore('a', 'search', ({ database, stores }) =>
      database.query('delete from search.documents where store_id = $1', [stores.current().id]),
    );
    const started = await me.post(`${team}/reindex`);
    t.equal(started.status, 202);
    await jobs.drain();

    t.match((await me.get(`${team}/reindex`)).body.jobs[0], { state: 'done' });
    t.same(await index(), before);
  });

  await t.test('a store searches its own products, and only those who may change its index', async (t) => {
    t.same(await found('q=others'), []);
    t.same(titles((await anonymous('b').get('/api/shop/search?q=linen')).body.items), [
      'Linen shirt of others',
    ]);
    t.same(
      await Promise.all(
        [other.get(`${team}/synonyms`), other.post(`${team}/reindex`), reader.post(`${team}/reindex`)].map(
          async (answer) => (await answer).status,
        ),
      ),
      [404, 404, 403],
    );
  });

  await t.test('keeps few plans, in however many ways a visitor asks', async (t) => {
    for (let bits = 0; bits < 32; bits += 1) {
      const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `facet=option.${name}:x`);
      const others = names.map((name, at) => ((bits >> at) & 1 ? `&${name}y` : ''));
      const { status } = await shop.get(`/api/shop/search?q=linen&${names.join('&')}${others.join('')}`);
      t.equal(status, 200);
    }
    const [kept] = await inStore('a', 'search', ({ database }) =>
      database.query<{ plans: number }>(
        `select count(*) as plans from pg_prepared_statements where name like 'search:find-%f%f%f%'`,
      ),
    );
    t.same(kept, { plans: 0 });
  });
});
