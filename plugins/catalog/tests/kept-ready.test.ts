import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { Cradle, Id, Product } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';
import { handlesOf } from '../actions/write-products.ts';
import { cardOf } from '../services/card.ts';
import { fold } from '../services/texts.ts';
import { wordsOf } from '../services/words.ts';

const { inStore } = await startTestKernel(t, { plugins: ['catalog'], until: 'control' });

const word = fc.constantFrom('oak', 'Ash', 'élan', 'pine');
const variant = fc.record(
  { amount: fc.nat(500), options: fc.tuple(word), sku: fc.constantFrom('', 'A', 'B', 'C') },
  { requiredKeys: ['amount', 'options'] },
);
/** Whatever people may send of one of three products; some of it is refused. */
const change = fc.record(
  {
    handle: fc.constantFrom('one', 'two', 'three'),
    title: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
    state: fc.constantFrom('draft', 'active', 'archived'),
    vendor: word,
    tags: fc.array(word),
    options: fc.constant([{ name: 'Wood' }]),
    variants: fc.array(variant, { minLength: 1, maxLength: 4 }),
    translations: fc.dictionary(fc.constantFrom('fr', 'de'), fc.record({ title: word, handle: word })),
  },
  { requiredKeys: ['handle', 'title', 'options', 'variants'] },
);

t.test('what lists, carts and filters read is what the product says, after any changes', async () => {
  await inStore('a', 'catalog', async (services) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { maxLength: 6 }),
        async (batches) => {
          for (const batch of batches) await services.catalog.upsert(batch);
          const products = await services.catalog.productsByHandle(['one', 'two', 'three']);
          for (const product of products) await expectReady(services, product);
          for (const { id } of products) await services.catalog.remove(id);
        },
      ),
      { numRuns: 40 },
    );
  });
});

async function expectReady({ database, stores }: Cradle, product: Product): Promise<void> {
  const rows = <Row extends object>(sql: string) =>
    database.query<Row>(sql, [stores.current().id, product.id]);
  const values = async (table: string, column: string, more = '') =>
    (
      await rows<{ value: string }>(
        `select ${column} as value from catalog.${table} where store_id = $1 and product_id = $2 ${more}`,
      )
    )
      .map(({ value }) => value)
      .sort();
  const [card] = await rows<Record<string, unknown>>(
    'select * from catalog.cards where store_id = $1 and product_id = $2',
  );
  const variants = await rows<{ id: Id; sku: string; amount: number }>(
    'select id, sku, amount from catalog.variants where store_id = $1 and product_id = $2 order by id',
  );
  const last = await rows<{ amount: number }>(
    `select distinct on (variant_id) amount from catalog.price_history h where h.store_id = $1 and h.variant_id in (
       select id from catalog.variants where store_id = $1 and product_id = $2) order by variant_id, h.id desc`,
  );
  const said = product.variants.toSorted((one, other) => one.id - other.id);
  const ready = cardOf(product);
  const kept = {
    card: Object.fromEntries(Object.keys(ready).map((name) => [name, card![name]])),
    tags: await values('tags', 'tag'),
    words: await values('words', 'word'),
    handles: await values('handles', 'handle', 'and is_current'),
    variants,
    last: last.map(({ amount }) => amount),
  };
  const wanted = {
    card: JSON.parse(JSON.stringify(ready)),
    tags: product.tags.map(fold).sort(),
    words: wordsOf(product).sort(),
    handles: handlesOf(product).sort(),
    variants: said.map(({ id, sku, amount }) => ({ id, sku, amount })),
    last: said.map(({ amount }) => amount),
  };
  assert.deepEqual(kept, wanted);
}
