import t from 'tap';
import type { Cradle, TotalsInput } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';
import { createTotals } from '../services/totals.ts';

const good = {
  currency: 'EUR',
  taxIncluded: true,
  taxRounding: 'line',
  lines: [{ key: 'a', unitAmount: 1170, quantity: 1, rateBps: 1700 }],
  discounts: [{ key: 'x', title: 'Spring', kind: 'percent', value: 1000 }],
  shipping: { title: 'Post', amount: 500, rateBps: null },
} as const satisfies TotalsInput;
const [line] = good.lines;
const [discount] = good.discounts;

/** What is wrong, and what is said of it. */
const bad: readonly [change: Record<string, unknown>, said: string][] = [
  [{ version: 99 }, 'version to be one of 1, got 99'],
  [{ version: 'toString' }, 'version to be one of 1, got "toString"'],
  [{ currency: 'euro' }, 'currency to be a currency such as EUR, got "euro"'],
  [{ taxIncluded: 'yes' }, 'taxIncluded to be true or false, got "yes"'],
  [{ taxRounding: 'never' }, 'taxRounding to be line or document, got "never"'],
  [{ lines: null }, 'lines to be a list, got null'],
  [{ lines: [null] }, 'lines[0].unitAmount to be a whole number of 0 or more, got undefined'],
  [{ lines: [{ ...line, unitAmount: -1 }] }, 'lines[0].unitAmount to be a whole number of 0 or more, got -1'],
  [
    { lines: [{ ...line, unitAmount: 9.5 }] },
    'lines[0].unitAmount to be a whole number of 0 or more, got 9.5',
  ],
  [
    { lines: [{ ...line, unitAmount: '9' }] },
    'lines[0].unitAmount to be a whole number of 0 or more, got "9"',
  ],
  [
    { lines: [{ ...line, unitAmount: 10n }] },
    'lines[0].unitAmount to be a whole number of 0 or more, got 10',
  ],
  [
    { lines: [{ ...line, quantity: Number.NaN }] },
    'lines[0].quantity to be a whole number of 0 or more, got NaN',
  ],
  [
    { lines: [{ ...line, quantity: 2 ** 53 }] },
    'lines[0].quantity to be a whole number of 0 or more, got 9007199254740992',
  ],
  [{ lines: [{ ...line, rateBps: 10_001 }] }, 'lines[0].rateBps to be basis points of 0 to 10000, got 10001'],
  [{ lines: [{ ...line, key: '' }] }, 'lines[0].key to be a name, got ""'],
  [{ lines: [line, line] }, 'lines[1].key to be a name of its own, got "a"'],
  [
    { lines: [{ ...line, unitAmount: 2 ** 40, quantity: 2 ** 13 }] },
    'lines to be 4503599627370495 minor units at most with shipping, got 9007199254741492',
  ],
  [{ discounts: undefined }, 'discounts to be a list, got undefined'],
  [
    { discounts: [{ ...discount, kind: 'gift' }] },
    'discounts[0].kind to be one of percent, amount, shipping, got "gift"',
  ],
  [{ discounts: [{ ...discount, title: 1 }] }, 'discounts[0].title to be text, got 1'],
  [
    { discounts: [{ ...discount, value: 10_001 }] },
    'discounts[0].value to be basis points of 0 to 10000, got 10001',
  ],
  [{ discounts: [{ ...discount, lines: 'a' }] }, 'discounts[0].lines to be a list of keys, got "a"'],
  [{ discounts: [{ ...discount, lines: ['b'] }] }, 'discounts[0].lines to be keys of lines, got "b"'],
  [{ discounts: [discount, discount] }, 'discounts[1].key to be a name of its own, got "x"'],
  [{ shipping: undefined }, 'shipping.title to be text, got undefined'],
  [
    { shipping: { ...good.shipping, amount: -1 } },
    'shipping.amount to be a whole number of 0 or more, got -1',
  ],
  [
    { shipping: { ...good.shipping, rateBps: -1 } },
    'shipping.rateBps to be basis points of 0 to 10000, got -1',
  ],
];

t.test('refuses what is no input, by field, wanted and came', (t) => {
  const totals = createTotals();
  for (const [change, said] of bad) {
    const input = { ...good, ...change } as unknown as TotalsInput;
    t.throws(() => totals.calculate(input), { code: 'TOTALS_ERR_INPUT', message: `Expected ${said}` }, said);
  }
  t.end();
});

t.test('gives plugins that name it the calculator, and the steps it took', async (t) => {
  const { inStore } = await startTestKernel(t, { plugins: ['totals'] });

  const made = await inStore('a', 'totals', async ({ totals }: Cradle) => totals.calculate(good));

  t.match(made, {
    version: 1,
    subtotal: 1170,
    discount: 117,
    shipping: 500,
    net: 1327,
    tax: 226,
    total: 1553,
  });
  t.strictSame(made.trace, [
    { step: 'line', detail: { key: 'a', unitAmount: 1170, quantity: 1, subtotal: 1170 } },
    { step: 'shipping', detail: { title: 'Post', amount: 500 } },
    {
      step: 'discount.percent',
      detail: { key: 'x', title: 'Spring', value: 1000, from: 1170, taken: 117, shares: 'a: 117' },
    },
    { step: 'shipping.rates', detail: { amount: 500, by: 'lines after discounts', parts: '1700: 500' } },
    {
      step: 'tax.line',
      detail: { of: 'a', rateBps: 1700, amount: 1053, rule: '1053 × 1700 / 11700', tax: 153 },
    },
    {
      step: 'tax.line',
      detail: { of: 'shipping', rateBps: 1700, amount: 500, rule: '500 × 1700 / 11700', tax: 73 },
    },
    { step: 'total', detail: { net: 1327, tax: 226, total: 1553 } },
  ]);
});
