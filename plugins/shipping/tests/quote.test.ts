import t from 'tap';
import fc from 'fast-check';
import { rateTypes } from '../points/rate-types.ts';
import { fitsPostalCodes, isPostalPattern } from '../services/postal-codes.ts';

const parcel = (more: { weightGrams?: number; value?: number; postalCode?: string } = {}) => ({
  lines: [],
  weightGrams: more.weightGrams ?? 0,
  value: { amount: more.value ?? 0, currency: 'EUR' },
  shipTo: { country: 'LU', ...(more.postalCode && { postalCode: more.postalCode }) },
});
const type = (code: string) => rateTypes.find((one) => one.code === code)!;

t.test('a postal code fits its patterns, however it is written', async (t) => {
  const fits = (pattern: string, code: string) => fitsPostalCodes([pattern], code);
  t.same(
    [
      fits('L-1*', '1234'),
      fits('1*', 'L-1234'),
      fits('l-12??', 'L-1234'),
      fits('1000..1999', '1999'),
      fits('SW1A*', 'sw1a 2aa'),
      fits('1234-567', '1234567'),
      fits('*', '9'),
    ],
    [true, true, true, true, true, true, true],
  );
  t.same(
    [
      fits('1*', '2000'),
      fits('12??', '123'),
      fits('12??', '12345'),
      fits('1000..1999', '2000'),
      fits('1000..1999', '1A00'),
      fits('12??', ''),
    ],
    [false, false, false, false, false, false],
  );
  t.ok(fitsPostalCodes([], undefined), 'everything fits when nothing is asked');
  t.notOk(fitsPostalCodes(['1*'], undefined), 'nobody knows where this is');
});

t.test('what is no pattern is told', async (t) => {
  t.same(
    ['L-1*', '12??', '1..9', '*', 'SW1A 2AA'].filter((text) => !isPostalPattern(text)),
    [],
  );
  t.same(['', '1*2', '(a+)+$', '9..1', '12[34]', '*1'].filter(isPostalPattern), []);
});

t.test('weight takes the lightest step that is enough, value the highest that is reached', async (t) => {
  const weights = {
    steps: [
      { upToGrams: 5000, amount: 900 },
      { upToGrams: 1000, amount: 500 },
    ],
  };
  t.same(
    [0, 1000, 1001, 5000, 5001].map((weightGrams) =>
      type('by-weight').quote(weights, parcel({ weightGrams })),
    ),
    [500, 500, 900, 900, undefined],
  );
  const values = {
    steps: [
      { from: 1000, amount: 700 },
      { from: 5000, amount: 300 },
    ],
  };
  t.same(
    [0, 999, 1000, 4999, 5000].map((value) => type('by-price').quote(values, parcel({ value }))),
    [undefined, undefined, 700, 700, 300],
  );
});

t.test('local delivery is for near by and for enough', async (t) => {
  const args = { amount: 300, minimum: 2000, postalCodes: ['1*'] };
  const quote = (value: number, postalCode: string) =>
    type('local-delivery').quote(args, parcel({ value, postalCode }));
  t.same([quote(2000, 'L-1234'), quote(1999, 'L-1234'), quote(2000, 'L-9000')], [300, undefined, undefined]);
  t.equal(type('pickup').quote({}, parcel()), 0);
});

t.test('a heavier parcel never costs less where steps rise', async () => {
  const step = fc.record({ upToGrams: fc.integer({ min: 1, max: 50_000 }), amount: fc.constant(0) });
  const weight = fc.integer({ min: 0, max: 60_000 });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), weight, weight, (drawn, one, other) => {
      const steps = drawn.map(({ upToGrams }) => ({ upToGrams, amount: upToGrams }));
      const quote = (weightGrams: number) =>
        (type('by-weight').quote({ steps }, parcel({ weightGrams })) as number | undefined) ?? Infinity;
      return quote(Math.min(one, other)) <= quote(Math.max(one, other));
    }),
  );
});
