import type { LiquidFilter } from 'kontor/sdk';
import { Fault } from '../faults.ts';
import { spend, spendSearch } from '../meter.ts';
import { isEqual, isTruthy } from '../values/compare.ts';
import { get } from '../values/get.ts';
import { isDrop, isHash } from '../values/kinds.ts';
import { itemsOf } from '../values/list.ts';
import { integerOf } from '../values/numbers.ts';
import { textOf } from '../values/text.ts';

type Test = (item: unknown) => boolean;

/** Of the entries whose property is a value, or is true when none is named. */
export const find = selecting(undefined, (items, test) => items.find(test));
export const has = selecting(false, (items, test) => items.some(test));
export const where = selecting([], (items, test) => items.filter(test));
export const reject = selecting([], (items, test) => items.filter((item) => !test(item)));
export const findIndex = selecting(undefined, (items, test) => {
  const index = items.findIndex(test);
  return index === -1 ? undefined : index;
});

function selecting(
  ofNone: unknown,
  select: (items: readonly unknown[], test: Test) => unknown,
): LiquidFilter {
  return (input, { args: [key, wanted] }) => {
    const items = itemsOf(input);
    if (items.length === 0) return ofNone;
    // As Shopify's: one entry that is nothing, and there is no answer at all.
    if (items.some(hasNoProperties)) return undefined;
    spend(items.length);
    const isAny = wanted === undefined || wanted === null;
    return select(items, (item) => {
      const value = property(item, key);
      return isAny ? isTruthy(value) : isEqual(value, wanted);
    });
  };
}

const hasNoProperties = (item: unknown): boolean =>
  item === null || item === undefined || typeof item === 'boolean';

/** A text has what it contains, as in Ruby. */
function property(item: unknown, key: unknown): unknown {
  if (isHash(item) || isDrop(item)) return key === null || key === undefined ? undefined : get(item, key);
  if (typeof item === 'string') {
    if (typeof key === 'string') {
      spendSearch(item, key);
      return item.includes(key) ? key : undefined;
    }
    if (key !== null && key !== undefined) return item[integerOf(key)];
  }
  if (typeof item === 'number' && typeof key === 'number') return 0;
  throw new Fault(`cannot select the property '${textOf(key).slice(0, 100)}'`);
}
