import fc from 'fast-check';
import type { TotalsInput } from 'kontor/sdk';

const rate = fc.oneof(fc.constantFrom(0, 300, 800, 1400, 1700), fc.nat(10_000));
const bps = fc.oneof(fc.constantFrom(0, 10_000), fc.nat(10_000));
const amount = fc.oneof(fc.nat(200), fc.nat(1_000_000), fc.nat(10_000_000_000));

const someLines = fc
  .array(fc.record({ unitAmount: amount, quantity: fc.nat(50), rateBps: rate }), { maxLength: 8 })
  .map((lines) => lines.map((line, at) => ({ key: `line ${at}`, ...line })));

const aDiscount = (keys: string[]) =>
  fc
    .record(
      {
        of: fc.oneof(
          fc.record({ kind: fc.constantFrom('percent', 'shipping'), value: bps }),
          fc.record({ kind: fc.constant('amount'), value: amount }),
        ),
        lines: fc.subarray(keys),
      },
      { requiredKeys: ['of'] },
    )
    .map(
      ({ of, ...rest }) => ({ ...of, ...rest }) as { kind: 'percent' | 'shipping' | 'amount'; value: number },
    );

/** Any input that makes sense; one that breaks a rule shrinks to the smallest that does. */
export const anInput: fc.Arbitrary<TotalsInput> = someLines.chain((lines) =>
  fc.record({
    currency: fc.constantFrom('EUR', 'JPY'),
    taxIncluded: fc.boolean(),
    taxRounding: fc.constantFrom('line', 'document'),
    lines: fc.constant(lines),
    discounts: fc
      .array(aDiscount(lines.map(({ key }) => key)), { maxLength: 4 })
      .map((some) =>
        some.map((discount, at) => ({ ...discount, key: `discount ${at}`, title: 'A discount' })),
      ),
    shipping: fc.option(
      fc.record({ title: fc.constant('Post'), amount, rateBps: fc.option(rate, { nil: null }) }),
      { nil: null },
    ),
  }),
);
