import type { Totals, TotalsInput } from 'kontor/sdk';
import { checkInput } from './check-input.ts';
import { applyDiscounts } from './discounts.ts';
import { ratesOfShipping } from './shipping.ts';
import { type Taxed, taxOf } from './tax.ts';
import { sum, type Trace } from './whole.ts';

/**
 * Version 1 of the rules, frozen: orders that were made by it are worked out again by it.
 *
 * 1. A line costs unit amount times quantity.
 * 2. Discounts apply in their order. `percent` takes its part of what the ones before left, rounded once; `amount` takes its
 *    value, or what is left; both are shared over their lines in proportion to what is left of each. `shipping` takes its part
 *    of shipping. Nothing falls below zero.
 * 3. Shipping has its own rate, or is split over the rates of the lines in proportion to what they cost.
 * 4. Tax is rounded for each line and each part of shipping (`line`), or once for each rate and then shared over its lines
 *    (`document`). Included, it is amount × rate / (100 % + rate); on top, amount × rate.
 *
 * A half is rounded up; what is shared goes by largest remainder, ties to the earlier.
 */
export function calculate(input: TotalsInput): Totals {
  checkInput(input);
  const trace: Trace = [];
  const priced = input.lines.map(({ key, unitAmount, quantity }) => {
    const subtotal = unitAmount * quantity;
    trace.push({ step: 'line', detail: { key, unitAmount, quantity, subtotal } });
    return subtotal;
  });
  if (input.shipping) {
    const { title, amount } = input.shipping;
    trace.push({ step: 'shipping', detail: { title, amount } });
  }
  const after = applyDiscounts(input, { lines: priced, shipping: input.shipping?.amount ?? 0 }, trace);
  const parts = ratesOfShipping(input, { priced, left: after.lines, shipping: after.shipping }, trace);
  const taxed = taxOf(
    input,
    [
      ...input.lines.map(({ key, rateBps }, at) => ({ of: key, rateBps, amount: after.lines[at]! })),
      ...parts.map((part) => ({ of: 'shipping', ...part })),
    ],
    trace,
  );
  const ofLines = taxed.slice(0, input.lines.length);
  const ofShipping = taxed.slice(input.lines.length);
  const net = sum(taxed.map((part) => part.net));
  const tax = sum(taxed.map((part) => part.tax));
  trace.push({ step: 'total', detail: { net, tax, total: net + tax } });

  return {
    version: 1,
    currency: input.currency,
    taxIncluded: input.taxIncluded,
    subtotal: sum(priced),
    discount: sum(priced) - sum(after.lines),
    shipping: after.shipping,
    shippingDiscount: (input.shipping?.amount ?? 0) - after.shipping,
    net,
    tax,
    total: net + tax,
    lines: input.lines.map(({ key }, at) => {
      const { net, tax } = ofLines[at]!;
      const subtotal = priced[at]!;
      const discount = subtotal - after.lines[at]!;
      return { key, subtotal, discount, net, tax, total: net + tax, discounts: after.shares[at]! };
    }),
    shippingNet: sum(ofShipping.map((part) => part.net)),
    shippingTax: sum(ofShipping.map((part) => part.tax)),
    taxes: byRate(taxed),
    trace,
  };
}

/** Net and tax of each rate, lowest rate first. */
function byRate(taxed: readonly Taxed[]): Totals['taxes'] {
  const rates = [...new Set(taxed.map(({ rateBps }) => rateBps))].sort((left, right) => left - right);
  return rates.map((rateBps) => {
    const parts = taxed.filter((part) => part.rateBps === rateBps);
    return { rateBps, net: sum(parts.map(({ net }) => net)), tax: sum(parts.map(({ tax }) => tax)) };
  });
}
