import t from 'tap';
import { startWithStock } from './stock.ts';

t.test('stock beside a catalogue', async (t) => {
  const { inA, jobs, owner, stores } = await startWithStock(t, {
    plugins: [new URL('..', import.meta.url), 'catalog'],
  });
  const api = `/api/stores/${stores.a.handle}`;
  const [me, stranger] = [await owner('a'), await owner('b')];
  const made = await me.post(`${api}/products`, {
    title: 'Wool scarf',
    state: 'active',
    options: [{ name: 'Colour', values: ['Red', 'Blue'] }],
    variants: [
      { amount: 4900, sku: 'SCARF-R', options: ['Red'] },
      { amount: 4900, sku: 'SCARF-B', options: ['Blue'] },
    ],
  });
  t.equal(made.status, 201);
  const product = made.body;
  const [red, blue] = product.variants.map(({ id }: { id: number }) => id);

  t.test('names what lies there, and shows variants of a product that nobody counted yet', async (t) => {
    t.equal((await me.put(`${api}/inventory/levels/${red}`, { onHand: 4 })).status, 200);
    const title = 'Wool scarf';
    const named = [
      { variantId: red, isTracked: true, onHand: 4, product: { title, variantTitle: 'Red', sku: 'SCARF-R' } },
      {
        variantId: blue,
        isTracked: false,
        onHand: 0,
        product: { title, variantTitle: 'Blue', sku: 'SCARF-B' },
      },
    ];
    const byProduct = `${api}/inventory/levels?productId=${product.id}`;
    t.match((await me.get(byProduct)).body, { items: named, next: null });
    t.match((await me.get(`${api}/inventory/levels?text=SCARF`)).body, { items: named });
    const first = (await me.get(`${byProduct}&limit=1`)).body;
    t.match(first, { items: [{ variantId: red }], next: String(red) });
    t.same((await me.get(`${api}/inventory/levels?text=hat`)).body.items, []);
  });

  t.test('counts and orders only what the catalogue has', async (t) => {
    const unknown = { status: 404, body: { code: 'unknownVariant' } };
    const theirs = `/api/stores/${stores.b.handle}/inventory`;
    const lines = [{ variantId: red, quantity: 1 }];
    t.match(await me.put(`${api}/inventory/levels/999999`, { onHand: 1 }), unknown);
    t.match(await stranger.put(`${theirs}/levels/${red}`, { onHand: 1 }), unknown);
    t.match(await stranger.post(`${theirs}/incoming`, { lines }), unknown);
  });

  t.test('keeps what lies there when the product goes', async (t) => {
    t.equal((await me.delete(`${api}/products/${product.id}`)).status, 204);
    await jobs.drain();
    const level = await inA(async ({ inventory }) => (await inventory.levels([red])).get(red));
    t.match(level, { isTracked: true, onHand: 4 });
    t.match((await me.get(`${api}/inventory/levels/${red}`)).body, { onHand: 4, product: null });
  });
});
