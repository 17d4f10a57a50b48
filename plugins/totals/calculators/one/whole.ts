import { allocate, money, type Totals } from 'kontor/sdk';

export type Trace = Totals['trace'][number][];

export function sum(amounts: readonly number[]): number {
  return amounts.reduce((left, right) => left + right, 0);
}

/** amount × part / whole, a half rounded up. The product may be past 2^53, so that it is worked out in big integers. */
export function proportion(amount: number, part: number, whole: number): number {
  const twice = 2n * BigInt(whole);
  return Number((2n * BigInt(amount) * BigInt(part) + BigInt(whole)) / twice);
}

/** Splits an amount by weights, by largest remainder. No share is more than its weight while the amount is not more than all. */
export function share(amount: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return [];
  return allocate(money(amount, 'XXX'), weights).map((part) => part.amount);
}
