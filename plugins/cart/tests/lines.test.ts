import t from 'tap';
import fc from 'fast-check';
import { addLines, type Lines, piecesOf, setProperties, setQuantities } from '../services/lines.ts';

const empty: Lines = { lines: [], nextLine: 1 };
const aCart = (...additions: Parameters<typeof addLines>[1]): Lines => {
  const added = addLines(empty, additions);
  if (!added.ok) throw new Error(added.refusal);
  return added.value;
};

t.test('the same variant with the same properties is one line, whatever their order', async (t) => {
  const cart = aCart(
    { variantId: 7, quantity: 1, properties: { name: 'Ada', colour: 'red' } },
    { variantId: 7, quantity: 2, properties: { colour: 'red', name: 'Ada' } },
    { variantId: 7, quantity: 4 },
  );
  t.same(cart, {
    lines: [
      { id: 1, variantId: 7, quantity: 3, properties: { name: 'Ada', colour: 'red' } },
      { id: 2, variantId: 7, quantity: 4, properties: {} },
    ],
    nextLine: 3,
  });
});

t.test('a number of a line is not given again', async (t) => {
  const cart = aCart({ variantId: 7, quantity: 1 }, { variantId: 8, quantity: 1 });
  const less = setQuantities(cart, new Map([[2, 0]]));
  const more = less.ok && addLines(less.value, [{ variantId: 9, quantity: 1 }]);
  t.match(more, { value: { lines: [{ id: 1 }, { id: 3, variantId: 9 }], nextLine: 4 } });
});

t.test('a line that gets the properties of another one joins it', async (t) => {
  const cart = aCart(
    { variantId: 7, quantity: 1 },
    { variantId: 7, quantity: 2, properties: { gift: 'yes' } },
  );
  t.match(setProperties(cart, 2, {}), { value: { lines: [{ id: 1, quantity: 3, properties: {} }] } });
  t.match(setProperties(cart, 3, {}), { refusal: 'lineNotFound', details: { lines: [3] } });
});

t.test('what is no quantity is refused, and changes nothing', async (t) => {
  for (const quantity of [
    0,
    -1,
    1.5,
    1e9,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '2' as never,
    [2] as never,
  ]) {
    t.match(addLines(empty, [{ variantId: 7, quantity }]), { refusal: 'badQuantity' }, String(quantity));
  }
  const full = aCart({ variantId: 7, quantity: 100_000 });
  t.match(addLines(full, [{ variantId: 7, quantity: 1 }]), {
    refusal: 'badQuantity',
    details: { max: 100_000 },
  });
  t.match(setQuantities(full, new Map([[1, -1]])), { refusal: 'badQuantity' });
  t.match(setQuantities(full, new Map([[5, 1]])), { refusal: 'lineNotFound', details: { lines: [5] } });
});

t.test('there is room for 200 lines', async (t) => {
  const many = Array.from({ length: 200 }, (_, at) => ({ variantId: at + 1, quantity: 1 }));
  const cart = aCart(...many);
  t.match(addLines(cart, [{ variantId: 201, quantity: 1 }]), {
    refusal: 'tooManyLines',
    details: { max: 200 },
  });
  t.ok(addLines(cart, [{ variantId: 200, quantity: 1 }]).ok, 'what is there can be more');
});

t.test('what no database keeps is taken out of properties', async (t) => {
  const cart = aCart({ variantId: 7, quantity: 1, properties: { 'a\0b': 'x\0\ud800y' } });
  t.same(cart.lines[0]!.properties, { ab: 'x\ufffdy' });
});

t.test('pieces are neither lost nor made, in any order of additions', async () => {
  const addition = fc.record({
    variantId: fc.integer({ min: 1, max: 5 }),
    quantity: fc.integer({ min: 1, max: 50 }),
    properties: fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('x', 'y')),
  });
  fc.assert(
    fc.property(fc.array(addition, { maxLength: 40 }), fc.infiniteStream(fc.nat()), (additions, chance) => {
      const shuffled = additions
        .map((one) => ({ one, at: chance.next().value }))
        .sort((left, right) => left.at - right.at)
        .map(({ one }) => one);
      const cart = aCart(...additions);
      const ids = cart.lines.map(({ id }) => id);
      const wanted = JSON.stringify([...piecesOf(additions)].sort());
      return (
        new Set(ids).size === ids.length &&
        JSON.stringify([...piecesOf(cart.lines)].sort()) === wanted &&
        JSON.stringify([...piecesOf(aCart(...shuffled).lines)].sort()) === wanted &&
        cart.lines.length === aCart(...shuffled).lines.length
      );
    }),
  );
});
