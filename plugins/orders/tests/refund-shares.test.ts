import fc from 'fast-check';
import t from 'tap';
import { allocate, money } from 'kontor/sdk';
import { type Refundable, refundShares, type RefundWish } from '../services/refund-shares.ts';

const amount = fc.integer({ min: 0, max: 1_000_000 });
const part = amount.chain((whole) =>
  fc.record({ amount: fc.constant(whole), tax: fc.integer({ min: 0, max: whole }) }),
);
const order: fc.Arbitrary<Refundable> = fc.record({
  currency: fc.constant('EUR'),
  lines: fc
    .array(fc.tuple(part, fc.integer({ min: 1, max: 40 })), { minLength: 1, maxLength: 6 })
    .map((lines) => lines.map(([share, units], index) => ({ lineId: index + 1, units, ...share }))),
  shipping: part,
});
/** How much of what is left each step takes, from 0 to 1, of units, shipping, and as a plain amount. */
const steps = fc.array(
  fc.record({
    units: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
    shipping: fc.double({ min: 0, max: 1, noNaN: true }),
    plain: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { maxLength: 8 },
);

t.test('refunds of everything, in any parts, end at exactly the total and its tax', (t) => {
  fc.assert(
    fc.property(order, steps, (whole, parts) => {
      let left = whole;
      const given = { amount: 0, tax: 0 };
      const take = (wish: RefundWish) => {
        const shares = refundShares(left, wish);
        if (!shares.ok) throw new Error(`refused: ${JSON.stringify(shares)}`);
        given.amount += shares.value.amount;
        given.tax += shares.value.tax;
        left = less(left, shares.value);
      };
      for (const { units, shipping, plain } of parts) {
        take({
          lines: left.lines.map((line, index) => ({
            lineId: line.lineId,
            quantity: Math.floor(line.units * units[index]!),
          })),
          shippingAmount: Math.floor(left.shipping.amount * shipping),
        });
        take({ amount: Math.floor(sumOf(left) * plain) });
        if (anyNegative(left)) return false;
      }
      take({ lines: left.lines.map(({ lineId, units }) => ({ lineId, quantity: units })) });
      take({ amount: sumOf(left) });
      return given.amount === sumOf(whole) && given.tax === taxOf(whole) && sumOf(left) === 0;
    }),
    { numRuns: 2000 },
  );
  t.end();
});

t.test('units refunded one by one get what largest remainder gives them, and others keep theirs', (t) => {
  fc.assert(
    fc.property(order, (whole) => {
      const [first, ...others] = whole.lines;
      const expected = allocate(money(first!.amount, 'EUR'), Array(first!.units).fill(1));
      let left = whole;
      for (const { amount } of expected) {
        const shares = refundShares(left, { lines: [{ lineId: 1, quantity: 1 }] });
        if (!shares.ok || shares.value.amount !== amount) return false;
        left = less(left, shares.value);
      }
      return JSON.stringify(left.lines.slice(1)) === JSON.stringify(others);
    }),
  );
  t.end();
});

t.test('refuses more than is left, and says how much that is', (t) => {
  const left: Refundable = {
    currency: 'EUR',
    lines: [{ lineId: 7, units: 2, amount: 1001, tax: 145 }],
    shipping: { amount: 500, tax: 73 },
  };
  t.match(refundShares(left, { lines: [{ lineId: 7, quantity: 3 }] }), {
    refusal: 'tooMuch',
    details: { lineId: 7, left: 2 },
  });
  t.match(refundShares(left, { lines: [{ lineId: 8, quantity: 1 }] }), { details: { lineId: 8, left: 0 } });
  t.match(refundShares(left, { shippingAmount: 501 }), { details: { left: 500 } });
  t.match(refundShares(left, { lines: [{ lineId: 7, quantity: 1 }], amount: 1001 }), {
    details: { left: 1000 },
  });
  t.same(refundShares(left, { lines: [{ lineId: 7, quantity: 1 }], amount: 1000 }), {
    ok: true,
    value: {
      amount: 1501,
      tax: 218,
      lines: [{ lineId: 7, quantity: 1, amount: 1001, tax: 145 }],
      shipping: { amount: 500, tax: 73 },
    },
  });
  t.end();
});

function less(left: Refundable, taken: { lines: readonly Share[]; shipping: Amounts }): Refundable {
  return {
    ...left,
    lines: left.lines.map((line) => {
      const share = taken.lines.find(({ lineId }) => lineId === line.lineId);
      if (!share) return line;
      return {
        lineId: line.lineId,
        units: line.units - share.quantity,
        amount: line.amount - share.amount,
        tax: line.tax - share.tax,
      };
    }),
    shipping: {
      amount: left.shipping.amount - taken.shipping.amount,
      tax: left.shipping.tax - taken.shipping.tax,
    },
  };
}

type Amounts = { amount: number; tax: number };
type Share = Amounts & { lineId: number; quantity: number };

function partsOf({ lines, shipping }: Refundable): Amounts[] {
  return [...lines, shipping];
}

function sumOf(left: Refundable): number {
  return partsOf(left).reduce((sum, { amount }) => sum + amount, 0);
}

function taxOf(left: Refundable): number {
  return partsOf(left).reduce((sum, { tax }) => sum + tax, 0);
}

function anyNegative(left: Refundable): boolean {
  return partsOf(left).some(({ amount, tax }) => amount < 0 || tax < 0 || tax > amount);
}
