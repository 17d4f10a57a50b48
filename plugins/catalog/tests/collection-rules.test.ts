import fc from 'fast-check';
import t from 'tap';
import type { CollectionRule, Id, ProductInput } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';
import { badRule, fitsRules, type RuleFacts } from '../services/collection-rules.ts';

const facts: RuleFacts = {
  title: 'Crème Brûlée',
  vendor: 'Atelier',
  type: '',
  tags: ['sweet', 'French'],
  amounts: [500, 900],
  compareAtAmounts: [],
  weights: [120],
  skus: ['CB-1', ''],
  stock: 7,
};
const fits = (field: CollectionRule['field'], relation: CollectionRule['relation'], value = '') =>
  fitsRules(facts, { rules: [{ field, relation, value }], match: 'all' });

t.test('a rule holds when one value fits, its opposite when none does', async (t) => {
  t.same(
    [
      fits('title', 'startsWith', 'creme'),
      fits('title', 'endsWith', 'BRULEE'),
      fits('title', 'contains', 'x'),
      fits('tag', 'is', ' french '),
      fits('tag', 'isNot', 'french'),
      fits('type', 'isSet'),
      fits('type', 'isNotSet'),
      fits('amount', 'above', '800'),
      fits('amount', 'below', '500'),
      fits('amount', 'isNot', '500'),
      fits('compareAt', 'isSet'),
      fits('compareAt', 'isNotSet'),
      fits('weight', 'is', '120'),
      fits('sku', 'isSet'),
      fits('stock', 'below', '8'),
    ],
    [true, true, false, true, false, false, true, true, false, false, false, true, true, true, true],
  );
});

t.test('what is not counted is more than any number, and no rules fit nothing', async (t) => {
  const rules = [{ field: 'stock', relation: 'above', value: '1000000' }] as const;
  t.equal(fitsRules({ ...facts, stock: null }, { rules, match: 'all' }), true);
  t.equal(fitsRules(facts, { rules: [], match: 'all' }), false);
});

t.test('finds the rule that says nothing sensible', async (t) => {
  const rule = (field: CollectionRule['field'], relation: CollectionRule['relation'], value = 'x') => ({
    field,
    relation,
    value,
  });
  t.same(
    [
      rule('amount', 'above', '1.5'),
      rule('amount', 'startsWith', '1'),
      rule('title', 'above', '1'),
      rule('title', 'is', ' '),
      rule('title', 'isSet'),
      rule('tag', 'isSet', ''),
      rule('stock', 'below', '-3'),
    ].map((one) => badRule([one]) === undefined),
    [false, false, false, false, false, true, true],
  );
});

t.test('members that followed each change are those that a new collection would find', async (t) => {
  const { inStore } = await startTestKernel(t, { plugins: [new URL('..', import.meta.url)] });
  const word = fc.constantFrom('red', 'blue', 'Blue tea', '');
  const amount = fc.integer({ min: 0, max: 5 });
  const rule = fc.oneof(
    fc.record({
      field: fc.constantFrom('vendor', 'type', 'tag'),
      relation: fc.constantFrom('is', 'isNot', 'contains', 'startsWith', 'endsWith'),
      value: fc.constantFrom('red', 'blue', 'tea'),
    }),
    fc.record({
      field: fc.constantFrom('amount', 'compareAt', 'weight'),
      relation: fc.constantFrom('is', 'isNot', 'above', 'below'),
      value: amount.map(String),
    }),
    fc.record({
      field: fc.constantFrom('vendor', 'tag', 'sku', 'compareAt'),
      relation: fc.constantFrom('isSet', 'isNotSet'),
      value: fc.constant(''),
    }),
  ) as fc.Arbitrary<CollectionRule>;
  const rules = fc.array(rule, { minLength: 1, maxLength: 3 });
  const match = fc.constantFrom('all', 'any');
  const product = fc.record({
    title: fc.constantFrom('Red tea', 'Blue pot'),
    vendor: word,
    type: word,
    tags: fc.uniqueArray(fc.constantFrom('red', 'blue', 'tea')),
    amount,
    compareAtAmount: fc.option(amount),
    weightGrams: amount,
  });
  const step = fc.oneof(
    fc.record({ do: fc.constant('create'), product }),
    fc.record({ do: fc.constant('update'), product, which: fc.nat(9) }),
    fc.record({ do: fc.constant('remove'), which: fc.nat(9) }),
    fc.record({ do: fc.constant('rules'), which: fc.nat(1), rules, match }),
    fc.record({
      do: fc.constant('pin'),
      which: fc.nat(1),
      pins: fc.uniqueArray(fc.nat(9), { maxLength: 3 }),
    }),
  );
  const inputOf = ({
    amount,
    compareAtAmount,
    weightGrams,
    ...others
  }: typeof product extends fc.Arbitrary<infer Value> ? Value : never) =>
    ({ ...others, variants: [{ amount, compareAtAmount, weightGrams }] }) satisfies ProductInput;

  await fc.assert(
    fc.asyncProperty(
      fc.tuple(rules, match, rules, match),
      fc.array(step, { minLength: 3, maxLength: 10 }),
      async ([firstRules, firstMatch, secondRules, secondMatch], steps) => {
        await inStore('a', 'catalog', async ({ catalog, database, stores }) => {
          const save = async (input: Parameters<typeof catalog.saveCollection>[0]) => {
            const saved = await catalog.saveCollection(input);
            if (!saved.ok) throw new Error(saved.refusal);
            return saved.value;
          };
          const membersOf = async (id: Id) =>
            database.query(
              'select product_id from catalog.collection_products where store_id = $1 and collection_id = $2 order by product_id',
              [stores.current().id, id],
            );
          const collections = [
            await save({ title: 'First', rules: firstRules, match: firstMatch }),
            await save({ title: 'Second', rules: secondRules, match: secondMatch }),
          ];
          const products: Id[] = [];
          const pins: Id[][] = [[], []];
          for (const one of steps) {
            const id = 'which' in one ? products[one.which % Math.max(products.length, 1)] : undefined;
            if ('product' in one && one.do === 'create') {
              const made = await catalog.create(inputOf(one.product));
              if (made.ok) products.push(made.value.id);
            } else if ('product' in one && id !== undefined) await catalog.update(id, inputOf(one.product));
            else if (one.do === 'remove' && id !== undefined) {
              await catalog.remove(id);
              products.splice(products.indexOf(id), 1);
            } else if ('rules' in one) {
              const { title } = collections[one.which]!;
              const { rules, match } = one;
              collections[one.which] = await save({ id: collections[one.which]!.id, title, rules, match });
            } else if ('pins' in one) {
              const wanted = one.pins.flatMap((pin) => products[pin] ?? []);
              pins[one.which] = wanted;
              const { id: collectionId, title } = collections[one.which]!;
              await save({ id: collectionId, title, productIds: wanted });
            }
          }
          for (const [index, { id, rules, match }] of collections.entries()) {
            const productIds = pins[index]!.filter((pin) => products.includes(pin));
            const fresh = await save({ title: 'Fresh', rules, match, productIds });
            t.strictSame(await membersOf(id), await membersOf(fresh.id));
            await catalog.removeCollection(id);
            await catalog.removeCollection(fresh.id);
          }
          for (const id of products) await catalog.remove(id);
        });
      },
    ),
    { numRuns: 25 },
  );
});
