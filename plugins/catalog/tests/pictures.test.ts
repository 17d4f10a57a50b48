import t from 'tap';
import type { Cradle, Id } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';

const { anonymous, inStore, jobs, owner } = await startTestKernel(t, {
  plugins: ['catalog', 'media', 'inventory'],
});
const inA = <Value>(work: (services: Cradle) => Promise<Value>) => inStore('a', 'catalog', work);
const me = await owner('a');
const A = '/api/stores/store-a';

/** Adds a drawing to a store's library; its width tells it from others. */
async function addPicture(store: 'a' | 'b', width: number): Promise<Id> {
  const content = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10"><rect width="5" height="5"/></svg>`,
  );
  const added = await inStore(store, 'media', ({ media }) => media.add({ content, name: `${width}.svg` }));
  if (!added.ok) throw new Error(added.refusal);
  return added.value.id;
}

t.test('shows pictures of the library in their order, and each variant its own', async (t) => {
  const [front, back, theirs] = [
    await addPicture('a', 100),
    await addPicture('a', 200),
    await addPicture('b', 300),
  ];
  const made = await me.post(`${A}/products`, {
    title: 'Chair',
    state: 'active',
    options: [{ name: 'Wood' }],
    variants: [
      { amount: 100, options: ['Oak'] },
      { amount: 100, options: ['Ash'], pictureId: front },
    ],
    pictureIds: [back, front, back],
  });
  const widths = (pictures: { width: number }[]) => pictures.map(({ width }) => width);

  t.same(widths(made.body.pictures), [200, 100]);
  const { body } = await anonymous('a').get('/api/shop/products');
  t.match(body.items, [{ picture: { mediaId: back, width: 200 }, secondPicture: { mediaId: front } }]);
  const lines = made.body.variants.map(({ id }: { id: Id }) => ({ variantId: id, quantity: 1 }));
  const sold = await inA(({ catalog }) => catalog.sellable({ lines, currency: 'EUR' }));
  t.same(
    sold.map(({ picture }) => picture?.width),
    [200, 100],
  );
  const one = `${A}/products/${made.body.id}`;
  t.match(await me.patch(one, { pictureIds: [theirs] }), {
    status: 422,
    body: { code: 'unknownPicture', details: { mediaId: theirs } },
  });
  t.match(await me.patch(one, { pictureIds: [back] }), {
    body: { pictures: [{ width: 200 }], variants: [{ pictureId: null }, { pictureId: null }] },
  });
});

t.test(
  'follows the library: changed pictures are copied anew, removed ones go, without a new version',
  async (t) => {
    const [kept, gone] = [await addPicture('a', 400), await addPicture('a', 500)];
    const made = await me.post(`${A}/products`, {
      title: 'Stool',
      variants: [{ amount: 1 }],
      pictureIds: [gone, kept],
    });
    const one = `${A}/products/${made.body.id}`;

    t.match(await me.get(`${A}/media/${kept}`), { body: { usages: [{ kind: 'product', title: 'Stool' }] } });
    t.equal((await me.delete(`${A}/media/${kept}`)).status, 409);
    const { version } = (await me.get(`${A}/media/${kept}`)).body;
    t.equal((await me.patch(`${A}/media/${kept}`, { version, alt: { fr: 'Un tabouret' } })).status, 200);
    await jobs.drain();
    t.match((await me.get(one)).body, {
      version: 1,
      pictures: [{ mediaId: gone }, { alt: { fr: 'Un tabouret' } }],
    });

    // Removed in the moment between the library's look for usages and the product's change.
    await inStore('a', 'media', ({ database, events, stores }) =>
      database.transaction(async () => {
        await database.query('delete from media.files where store_id = $1 and id = $2 returning id', [
          stores.current().id,
          gone,
        ]);
        await events.emit('media.removed', { mediaId: gone }, { entity: `media:${gone}` });
      }),
    );
    await jobs.drain();
    t.match((await me.get(one)).body, { version: 1, pictures: [{ mediaId: kept }] });
    t.equal((await me.get(one)).body.pictures.length, 1);
    t.match(await me.get(`${A}/products?text=stool`), { body: { items: [{ picture: { mediaId: kept } }] } });
  },
);

t.test('says what is available, to the team in numbers, to visitors whether they can have it', async (t) => {
  const made = await me.post(`${A}/products`, {
    title: 'Bench',
    state: 'active',
    options: [{ name: 'Length' }],
    variants: [
      { amount: 1, options: ['1 m'] },
      { amount: 1, options: ['2 m'] },
    ],
  });
  const [short, long] = made.body.variants.map(({ id }: { id: Id }) => id);
  const set = (lines: { variantId: Id; onHand: number }[]) =>
    inA(({ inventory }) => inventory.set(lines, { reason: 'a count' }));
  const seen = async () => {
    const team = await me.get(`${A}/products?text=bench`);
    const page = await anonymous('a').get('/api/shop/products/bench');
    const variants = page.body.variants.map(({ isAvailable }: { isAvailable: boolean }) => isAvailable);
    return [team.body.items[0].available, page.body.isAvailable, variants];
  };

  t.same(await seen(), [null, true, [true, true]], 'nothing is counted');
  await set([
    { variantId: short, onHand: 3 },
    { variantId: long, onHand: 0 },
  ]);
  t.same(await seen(), [3, true, [true, false]]);
  await set([{ variantId: short, onHand: 0 }]);
  t.same(await seen(), [0, false, [false, false]]);
});
