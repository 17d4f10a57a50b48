import t from 'tap';
import type { CardSort, ProductInput } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';

const plugins = [new URL('..', import.meta.url)];

t.test('collections', async (t) => {
  const kernel = await startTestKernel(t, { plugins });
  const { anonymous, inStore, jobs, member, owner, stores } = kernel;
  const [me, other, reader] = [await owner('a'), await owner('b'), await member('a', 'read-only')];
  const ours = `/api/stores/${stores.a.handle}/collections`;
  const theirs = `/api/stores/${stores.b.handle}/collections`;
  const products = (inputs: readonly ProductInput[]) =>
    inStore('a', 'catalog', async ({ catalog }) => {
      const ids: number[] = [];
      for (const input of inputs) {
        const made = await catalog.create(input);
        if (!made.ok) throw new Error(made.refusal);
        ids.push(made.value.id);
      }
      return ids;
    });
  const membersOf = async (id: number) => {
    const { body } = await me.get(`${ours}/${id}/products`);
    return (body.items as { title: string }[]).map(({ title }) => title);
  };
  const active = { state: 'active', publishAt: new Date('2026-01-01T00:00:00Z') } as const;
  const [mug, cup, plate] = await products([
    {
      title: 'Mug',
      vendor: 'Atelier',
      type: 'Tableware',
      tags: ['blue'],
      variants: [{ amount: 1200 }],
      ...active,
    },
    {
      title: 'Cup',
      vendor: 'Atelier',
      type: 'Tableware',
      tags: ['red'],
      variants: [{ amount: 900 }],
      ...active,
    },
    { title: 'Plate', vendor: 'Other', type: 'Tableware', tags: ['Blue'], variants: [{ amount: 2500 }] },
  ]);

  await t.test('one filled by hand keeps the order it was given', async (t) => {
    const made = await me.post(ours, {
      title: 'Best of été',
      description: '<p onclick="x()">Nice</p><script>1</script>',
      productIds: [cup, mug],
    });

    t.equal(made.status, 201);
    t.same(made.body, {
      id: made.body.id,
      version: 1,
      handle: 'best-of-ete',
      title: 'Best of été',
      description: '<p>Nice</p>',
      picture: null,
      isPublished: false,
      sort: 'position',
      rules: [],
      match: 'all',
      seo: { title: '', description: '' },
      translations: {},
      productCount: 2,
    });
    t.same(await membersOf(made.body.id), ['Cup', 'Mug']);

    await me.post(`${ours}/${made.body.id}/products`, { productIds: [plate] });
    t.same(await membersOf(made.body.id), ['Cup', 'Mug', 'Plate']);
    await me.patch(`${ours}/${made.body.id}`, { productIds: [plate, cup] });
    t.same(await membersOf(made.body.id), ['Plate', 'Cup']);
    await me.delete(`${ours}/${made.body.id}/products/${plate}`);
    t.same(await membersOf(made.body.id), ['Cup']);
    t.equal((await me.delete(`${ours}/${made.body.id}/products/${plate}`)).status, 404);
  });

  await t.test('one with rules fills itself, and follows what is saved', async (t) => {
    const rules = [
      { field: 'tag', relation: 'is', value: 'blue' },
      { field: 'amount', relation: 'below', value: '2000' },
    ];
    const { body } = await me.post(ours, { title: 'Blue and cheap', rules });
    t.same(await membersOf(body.id), ['Mug']);

    await inStore('a', 'catalog', ({ catalog }) => catalog.update(plate!, { variants: [{ amount: 1500 }] }));
    t.same(await membersOf(body.id), ['Mug', 'Plate']);
    await me.patch(`${ours}/${body.id}`, { match: 'any' });
    t.same(await membersOf(body.id), ['Mug', 'Cup', 'Plate']);
    await me.patch(`${ours}/${body.id}`, {
      rules: [{ field: 'vendor', relation: 'isNot', value: 'atelier' }],
    });
    t.same(await membersOf(body.id), ['Plate']);
    t.same(
      await inStore('a', 'catalog', async ({ catalog }) => (await catalog.product(plate!))?.collectionIds),
      [body.id],
    );
    await me.patch(`${ours}/${body.id}`, { rules: [] });
    t.same(await membersOf(body.id), []);
  });

  await t.test('what is pinned stands first, and goes back to its rules when it is let go', async (t) => {
    const rules = [{ field: 'type', relation: 'is', value: 'Tableware' }];
    const { body } = await me.post(ours, { title: 'Table', rules, productIds: [plate] });
    t.same(await membersOf(body.id), ['Plate', 'Mug', 'Cup']);

    await me.delete(`${ours}/${body.id}/products/${plate}`);
    t.same(await membersOf(body.id), ['Mug', 'Cup', 'Plate']);
    await me.patch(`${ours}/${body.id}`, { productIds: [cup] });
    t.same(await membersOf(body.id), ['Cup', 'Mug', 'Plate']);
    await me.patch(`${ours}/${body.id}`, { productIds: [] });
    t.same(await membersOf(body.id), ['Mug', 'Cup', 'Plate']);
  });

  await t.test('a change made from an old version is refused, with who was faster', async (t) => {
    const { body } = await me.post(ours, { title: 'Old' });
    await me.patch(`${ours}/${body.id}`, { title: 'New', version: 1 });
    const late = await me.patch(`${ours}/${body.id}`, { title: 'Newer', version: 1 });

    t.match(late, { status: 409, body: { code: 'changed' } });
    t.match(late.body.details, { version: 2, changedBy: /@/, changedAt: /Z$/ });
  });

  await t.test('refuses addresses that are taken, rules without sense, products of nobody', async (t) => {
    await me.post(ours, { title: 'Taken', handle: 'taken' });
    const answers = await Promise.all([
      me.post(ours, { title: 'Again', handle: 'taken' }),
      me.post(ours, { title: 'Again', rules: [{ field: 'amount', relation: 'contains', value: '1' }] }),
      me.post(ours, { title: 'Again', rules: [{ field: 'amount', relation: 'is', value: '1.5' }] }),
      me.post(ours, { title: 'Again', productIds: [999_999] }),
      me.post(ours, { title: 'Again', storeId: 1 }),
      me.get(`${ours}?cursor=nonsense`),
      me.get(`${ours}?cursor=${Buffer.from('["\\u0000",1]').toString('base64url')}`),
    ]);
    t.same(
      answers.map(({ status, body }) => [status, body.code]),
      [
        [409, 'handleTaken'],
        [422, 'badRule'],
        [422, 'badRule'],
        [422, 'unknownProduct'],
        [422, 'KERNEL_ERR_BODY'],
        [422, 'CATALOG_ERR_CURSOR'],
        [422, 'CATALOG_ERR_CURSOR'],
      ],
    );
    t.equal((await me.post(ours, { title: 'Taken' })).body.handle, 'taken-2');
  });

  await t.test('visitors see what is published, in their language', async (t) => {
    const shop = anonymous('a');
    await me.post(ours, {
      title: 'Open',
      isPublished: true,
      sort: 'title',
      productIds: [mug, cup, plate],
      translations: { fr: { title: 'Ouvert', handle: 'ouvert' } },
    });
    const french = { 'accept-language': 'fr' };

    t.same(
      (await shop.get('/api/shop/collections')).body.items.map(({ title }: { title: string }) => title),
      ['Open'],
    );
    const answer = await shop.get('/api/shop/collections/ouvert', undefined, french);
    t.match(answer.body, { collection: { title: 'Ouvert', handle: 'ouvert' }, next: null });
    t.same(
      answer.body.items.map(({ title }: { title: string }) => title),
      ['Cup', 'Mug'],
    );
    t.equal((await shop.get('/api/shop/collections/open')).status, 200);
    t.equal((await shop.get('/api/shop/collections/taken')).status, 404);
    t.equal((await anonymous('b').get('/api/shop/collections/open')).status, 404);
  });

  await t.test('gives a page of what is in it with the collection, in any order', async (t) => {
    const ids = await products(
      ['Ada', 'Bea', 'Cleo', 'Dora'].map((title, index) => ({
        title: `Vase ${title}`,
        variants: [{ amount: 4000 - 1000 * (index % 3) }],
        ...active,
      })),
    );
    const made = await me.post(ours, {
      title: 'Vases',
      sort: 'price',
      productIds: ids.toReversed(),
      isPublished: true,
    });
    t.equal(made.status, 201);
    const pages = (query: { sort?: CardSort; limit?: number; cursor?: string }) =>
      inStore('a', 'catalog', ({ catalog }) => catalog.collectionPage('vases', query));
    const all = async (sort?: CardSort) => {
      const names: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await pages({ limit: 3, ...(sort && { sort }), ...(cursor && { cursor }) });
        names.push(...page!.cards.map(({ title }) => title.slice(5)));
        cursor = page!.next;
      } while (cursor);
      return names;
    };
    t.same(await all(), ['Cleo', 'Bea', 'Ada', 'Dora'], 'by price, as the collection is');
    t.same(await all('-price'), ['Dora', 'Ada', 'Bea', 'Cleo']);
    t.same(await all('position'), ['Dora', 'Cleo', 'Bea', 'Ada']);
    t.same(await all('title'), ['Ada', 'Bea', 'Cleo', 'Dora']);
    t.same(await all('oldest'), ['Ada', 'Bea', 'Cleo', 'Dora']);
    t.match(await pages({}), { collection: { title: 'Vases', sort: 'price', productCount: 4 }, next: null });
    await t.rejects(pages({ cursor: 'x' }), { code: 'CATALOG_ERR_CURSOR' });

    const { id, version } = made.body;
    t.equal((await me.patch(`${ours}/${id}`, { version, title: 'Vases', productIds: [] })).status, 200);
    t.match(await pages({}), { collection: { title: 'Vases', productCount: 0 }, cards: [], next: null });
    const gone = await inStore('b', 'catalog', ({ catalog }) => catalog.collectionPage('vases'));
    t.equal(gone, undefined);
    await me.delete(`${ours}/${id}`);
    t.equal(await pages({}), undefined);
  });

  await t.test('lists by pages, and finds by a part of the title', async (t) => {
    const titles: string[] = [];
    const ids = new Set<number>();
    let cursor = '';
    do {
      const { body } = await me.get(`${ours}?limit=2${cursor}`);
      titles.push(...body.items.map(({ title }: { title: string }) => title));
      for (const { id } of body.items) ids.add(id);
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    t.same(titles, [...titles].sort());
    t.equal(ids.size, titles.length);
    t.same(
      (await me.get(`${ours}?text=CHEAP`)).body.items.map(({ title }: { title: string }) => title),
      ['Blue and cheap'],
    );
  });

  await t.test('nobody else gets at them', async (t) => {
    const { body } = await me.post(ours, { title: 'Ours' });
    t.same(
      await Promise.all(
        [
          other.get(`${theirs}/${body.id}`),
          other.get(`${theirs}/${body.id}/products`),
          other.patch(`${theirs}/${body.id}`, { title: 'Theirs' }),
          other.post(`${theirs}/${body.id}/products`, { productIds: [mug] }),
          other.delete(`${theirs}/${body.id}`),
          other.get(`${ours}/${body.id}`),
          reader.post(ours, { title: 'No' }),
        ].map(async (answer) => (await answer).status),
      ),
      [404, 404, 404, 404, 404, 404, 403],
    );
    t.equal((await me.delete(`${ours}/${body.id}`)).status, 204);
    t.equal((await me.get(`${ours}/${body.id}`)).status, 404);
  });

  await t.test('in a large store a job fills it, and tells how far it is', async (t) => {
    const inputs = Array.from({ length: 1100 }, (_, index) => ({
      handle: `many-${index}`,
      title: `Many ${index}`,
      type: 'Many',
      variants: [{ amount: index }],
    }));
    await inStore('a', 'catalog', ({ catalog }) => catalog.upsert(inputs.slice(0, 550)));
    await inStore('a', 'catalog', ({ catalog }) => catalog.upsert(inputs.slice(550)));
    const { body } = await me.post(ours, {
      title: 'All of many',
      rules: [
        { field: 'amount', relation: 'above', value: '99' },
        { field: 'type', relation: 'is', value: 'many' },
      ],
    });
    await jobs.drain();

    t.equal((await me.get(`${ours}/${body.id}`)).body.productCount, 1000);
  });
});
