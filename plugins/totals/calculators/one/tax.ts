import type { TotalsInput } from 'kontor/sdk';
import { proportion, share, sum, type Trace } from './whole.ts';

/** A line or a part of shipping, with what is left of it after discounts, as priced. */
export type Taxable = { readonly of: string; readonly rateBps: number; readonly amount: number };
export type Taxed = { readonly rateBps: number; readonly net: number; readonly tax: number };

const ALL = 10_000; // basis points

/** Net and tax of each part, in order. */
export function taxOf(
  { taxIncluded, taxRounding }: TotalsInput,
  parts: readonly Taxable[],
  trace: Trace,
): Taxed[] {
  const taxes =
    taxRounding === 'line' ? eachAlone(parts, taxIncluded, trace) : onceARate(parts, taxIncluded, trace);
  return parts.map(({ rateBps, amount }, at) => {
    const tax = taxes[at]!;
    return { rateBps, net: taxIncluded ? amount - tax : amount, tax };
  });
}

function eachAlone(parts: readonly Taxable[], isIncluded: boolean, trace: Trace): number[] {
  return parts.map(({ of, rateBps, amount }) => {
    const { tax, rule } = rounded(amount, rateBps, isIncluded);
    trace.push({ step: 'tax.line', detail: { of, rateBps, amount, rule, tax } });
    return tax;
  });
}

function onceARate(parts: readonly Taxable[], isIncluded: boolean, trace: Trace): number[] {
  const taxes = parts.map(() => 0);
  const rates = [...new Set(parts.map(({ rateBps }) => rateBps))].sort((left, right) => left - right);
  for (const rateBps of rates) {
    const positions = [...parts.keys()].filter((at) => parts[at]!.rateBps === rateBps);
    const weights = positions.map((at) => parts[at]!.amount);
    const amount = sum(weights);
    const { tax, rule } = rounded(amount, rateBps, isIncluded);
    for (const [index, part] of share(tax, weights).entries()) taxes[positions[index]!] = part;
    const words = positions.map((at) => `${parts[at]!.of}: ${taxes[at]}`).join(', ');
    trace.push({ step: 'tax.rate', detail: { rateBps, amount, rule, tax, shares: words } });
  }
  return taxes;
}

function rounded(amount: number, rateBps: number, isIncluded: boolean): { tax: number; rule: string } {
  const whole = isIncluded ? ALL + rateBps : ALL;
  return { tax: proportion(amount, rateBps, whole), rule: `${amount} × ${rateBps} / ${whole}` };
}
