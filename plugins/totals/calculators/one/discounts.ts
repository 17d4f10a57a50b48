import type { TotalsDiscount, TotalsInput } from 'kontor/sdk';
import { proportion, share, sum, type Trace } from './whole.ts';

type Amounts = { readonly lines: readonly number[]; readonly shipping: number };
type Discounted = {
  lines: number[];
  shipping: number;
  /** Of each line: what each discount took, by its key. */
  shares: Record<string, number>[];
};

const ALL = 10_000; // basis points

/** What is left of lines and shipping after all discounts, in their order. */
export function applyDiscounts(input: TotalsInput, priced: Amounts, trace: Trace): Discounted {
  const left: Discounted = { lines: [...priced.lines], shipping: priced.shipping, shares: [] };
  const shares = input.lines.map((): [string, number][] => []);
  for (const discount of input.discounts) {
    if (discount.kind === 'shipping') {
      left.shipping -= takeFromShipping(discount, left.shipping, trace);
      continue;
    }
    const taken = takeFromLines(
      discount,
      { keys: input.lines.map(({ key }) => key), left: left.lines },
      trace,
    );
    for (const [at, amount] of taken) {
      left.lines[at]! -= amount;
      shares[at]!.push([discount.key, amount]);
    }
  }
  return { ...left, shares: shares.map((pairs) => Object.fromEntries(pairs)) };
}

function takeFromShipping({ key, title, value }: TotalsDiscount, from: number, trace: Trace): number {
  const taken = proportion(from, value, ALL);
  trace.push({ step: 'discount.shipping', detail: { key, title, value, from, taken } });
  return taken;
}

/** @returns position of each line that gives something, with how much */
function takeFromLines(
  { key, title, kind, value, lines }: TotalsDiscount,
  { keys, left }: { keys: readonly string[]; left: readonly number[] },
  trace: Trace,
): [number, number][] {
  const chosen = lines && new Set(lines);
  const positions = [...keys.keys()].filter((at) => !chosen || chosen.has(keys[at]!));
  const weights = positions.map((at) => left[at]!);
  const from = sum(weights);
  const taken = kind === 'percent' ? proportion(from, value, ALL) : Math.min(value, from);
  const parts = share(taken, weights);
  const given = positions
    .map((at, index): [number, number] => [at, parts[index]!])
    .filter(([, part]) => part > 0);
  const words = given.map(([at, part]) => `${keys[at]}: ${part}`).join(', ');
  trace.push({ step: `discount.${kind}`, detail: { key, title, value, from, taken, shares: words } });
  return given;
}
