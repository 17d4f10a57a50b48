import fc from 'fast-check';
import t from 'tap';
import type { Totals, TotalsInput } from 'kontor/sdk';
import { createTotals } from '../services/totals.ts';
import { anInput } from './an-input.ts';

const totals = createTotals();

function holds(name: string, rule: (input: TotalsInput, totals: Totals) => void, numRuns = 20_000): void {
  t.test(name, (t) => {
    fc.assert(
      fc.property(anInput, (input) => rule(input, totals.calculate(input))),
      { numRuns },
    );
    t.end();
  });
}

holds('adds up: net and tax, lines and shipping, rates, all to the total', (input, made) => {
  same(made.total, made.net + made.tax);
  for (const line of made.lines) same(line.total, line.net + line.tax);
  same(sum(made.lines.map(({ total }) => total)) + made.shippingNet + made.shippingTax, made.total);
  same(sum(made.taxes.map(({ net }) => net)), made.net);
  same(sum(made.taxes.map(({ tax }) => tax)), made.tax);
  same(sum(made.lines.map(({ subtotal }) => subtotal)), made.subtotal);
  const priced = made.subtotal - made.discount + made.shipping;
  same(input.taxIncluded ? made.total : made.net, priced);
  same(input.shipping?.amount ?? 0, made.shipping + made.shippingDiscount);
});

holds('gives every cent of a discount to a line', (_input, made) => {
  for (const line of made.lines) {
    same(line.discount, sum(Object.values(line.discounts)));
    same(line.subtotal - line.discount, made.taxIncluded ? line.total : line.net);
  }
  same(made.discount, sum(made.lines.map(({ discount }) => discount)));
});

holds('never falls below zero, never makes a fraction', (_input, { trace: _, ...made }) => {
  JSON.stringify(made, (_key, value) => {
    if (typeof value === 'number' && !(Number.isSafeInteger(value) && value >= 0))
      throw new Error(`${value}`);
    return value;
  });
});

holds('rounds tax by its rule: of each line, or of each rate', (input, made) => {
  if (input.taxRounding === 'document') {
    for (const { rateBps, net, tax } of made.taxes)
      same(tax, ruled(input, net + (input.taxIncluded ? tax : 0), rateBps));
    return;
  }
  for (const [at, { net, total, tax }] of made.lines.entries()) {
    same(tax, ruled(input, input.taxIncluded ? total : net, input.lines[at]!.rateBps));
  }
});

holds('shares fairly: nobody is a cent or more from the exact part', (input, made) => {
  const [first] = input.discounts;
  if (first && first.kind !== 'shipping') {
    const isIn = (key: string) => !first.lines || first.lines.includes(key);
    const among = made.lines.filter(({ key }) => isIn(key));
    const taken = sum(among.map(({ discounts }) => discounts[first.key] ?? 0));
    for (const { subtotal, discounts } of among) {
      near(discounts[first.key] ?? 0, taken, subtotal, sum(among.map((line) => line.subtotal)));
    }
  }
  if (input.taxRounding === 'line') return;
  for (const [at, { net, total, tax }] of made.lines.entries()) {
    const rate = made.taxes.find(({ rateBps }) => rateBps === input.lines[at]!.rateBps)!;
    const [part, all] = input.taxIncluded ? [total, rate.net + rate.tax] : [net, rate.net];
    near(tax, rate.tax, part, all);
  }
});

holds('takes a shipping without a rate to the rates of the lines', (input, made) => {
  const rates = new Set(input.lines.map(({ rateBps }) => rateBps));
  if (input.shipping?.rateBps === null && rates.size > 0)
    same(
      made.taxes.every(({ rateBps }) => rates.has(rateBps)),
      true,
    );
  if (input.shipping?.rateBps === null && rates.size === 1 && input.taxRounding === 'line') {
    same(made.shippingTax, ruled(input, made.shipping, [...rates][0]!));
  }
});

holds(
  'is the same again, whatever the caller does with the answer',
  (input, made) => {
    const kept = JSON.stringify(made);
    Object.assign(made.lines[0] ?? {}, { total: -1 });
    same(JSON.stringify(totals.calculate(structuredClone(input))), kept);
  },
  5_000,
);

holds(
  'tells every step: the last one is the total',
  (input, { trace, net, tax, total }) => {
    same(JSON.stringify(trace.at(-1)), JSON.stringify({ step: 'total', detail: { net, tax, total } }));
    same(trace.filter(({ step }) => step.startsWith('discount.')).length, input.discounts.length);
    same(trace.filter(({ step }) => step === 'line').length, input.lines.length);
  },
  5_000,
);

t.test('agrees with itself: what is priced on top, priced with tax in it, has the same tax', (t) => {
  const aLine = fc.record({
    amount: fc.nat(10_000_000),
    rateBps: fc.constantFrom(0, 300, 800, 1400, 1700, 2500),
  });
  fc.assert(
    fc.property(aLine, ({ amount, rateBps }) => {
      const line = { key: 'a', quantity: 1, rateBps };
      const rest = { currency: 'EUR', discounts: [], shipping: null, taxRounding: 'line' } as const;
      const onTop = totals.calculate({
        ...rest,
        taxIncluded: false,
        lines: [{ ...line, unitAmount: amount }],
      });
      const included = totals.calculate({
        ...rest,
        taxIncluded: true,
        lines: [{ ...line, unitAmount: onTop.total }],
      });
      same(JSON.stringify([included.net, included.tax]), JSON.stringify([onTop.net, onTop.tax]));
    }),
    { numRuns: 20_000 },
  );
  t.end();
});

function sum(amounts: readonly number[]): number {
  return amounts.reduce((left, right) => left + right, 0);
}

function same<Value>(came: Value, wanted: Value): void {
  if (!Object.is(came, wanted)) throw new Error(`Expected ${wanted}, got ${came}`);
}

/** The tax of an amount as the rule says, a half up, told by multiplying instead of dividing. */
function ruled({ taxIncluded }: TotalsInput, amount: number, rateBps: number): number {
  const [whole, part] = [taxIncluded ? 10_000 + rateBps : 10_000, BigInt(amount) * BigInt(rateBps)];
  let tax = Math.max(0, Math.floor((amount * rateBps) / whole) - 1);
  while (BigInt(whole) * (2n * BigInt(tax) + 1n) <= 2n * part) tax += 1;
  return tax;
}

/** |given - taken × part / all| < 1 */
function near(given: number, taken: number, part: number, all: number): void {
  const off = BigInt(given) * BigInt(all) - BigInt(taken) * BigInt(part);
  if (all > 0 && (off >= BigInt(all) || -off >= BigInt(all))) {
    throw new Error(`Expected about ${taken} × ${part} / ${all}, got ${given}`);
  }
}
