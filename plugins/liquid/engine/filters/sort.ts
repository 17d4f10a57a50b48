import type { LiquidFilter } from 'kontor/sdk';
import { Fault } from '../faults.ts';
import { spend, spendComparison } from '../meter.ts';
import { kindOf } from '../values/compare.ts';
import { isNumeric } from '../values/float.ts';
import { plainOf } from '../values/kinds.ts';
import { itemsOf } from '../values/list.ts';
import { textOf } from '../values/text.ts';
import { propertyOf } from './property.ts';

/** By value; entries that are nothing come last. */
export const sort = sorting(1, (value) => value, compare);

/** As people sort, without a look at upper and lower case. */
export const sortNatural = sorting(
  2,
  (value) => (value === null || value === undefined ? value : lower(value)),
  (one, other) => (one === other ? 0 : String(one) < String(other) ? -1 : 1),
);

function sorting(
  cost: number,
  prepare: (value: unknown) => unknown,
  order: (one: unknown, other: unknown) => number,
): LiquidFilter {
  return (input, { args: [key] }) => {
    const items = itemsOf(input);
    spend((cost * items.length * Math.log2(items.length + 2)) / 2);
    const keyed = items.map((item) => ({
      item,
      by: prepare(key === undefined || key === null ? item : propertyOf(item, key)),
    }));
    return keyed.sort((one, other) => nothingLast(one.by, other.by, order)).map(({ item }) => item);
  };
}

function lower(value: unknown): string {
  const text = textOf(plainOf(value));
  spend(text.length >> 3);
  return text.toLowerCase();
}

function nothingLast(one: unknown, other: unknown, order: (a: unknown, b: unknown) => number): number {
  const [a, b] = [one === null || one === undefined, other === null || other === undefined];
  return a || b ? Number(a) - Number(b) : order(one, other);
}

function compare(one: unknown, other: unknown): number {
  const [a, b] = [plainOf(one), plainOf(other)];
  if (isNumeric(a) && isNumeric(b)) return Number(a) - Number(b);
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  if (typeof a === 'string' && typeof b === 'string') {
    spendComparison(a, b);
    return a < b ? -1 : a > b ? 1 : 0;
  }
  throw new Fault(`comparison of ${kindOf(a)} with ${kindOf(b)} failed`);
}
