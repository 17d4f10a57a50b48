import type { LiquidFilter } from 'kontor/sdk';
import { Fault } from '../faults.ts';
import { spend, spendList, spendText } from '../meter.ts';
import { get } from '../values/get.ts';
import { isDrop, isHash } from '../values/kinds.ts';
import { itemsOf } from '../values/list.ts';
import { calculate, integerOf } from '../values/numbers.ts';
import { Range } from '../values/range.ts';
import { textOf } from '../values/text.ts';
import { countLetters, unitOf } from './letters.ts';
import { find, findIndex, has, reject, where } from './select.ts';
import { sort, sortNatural } from './sort.ts';
import { keyOf, propertyOf } from './property.ts';

export const LISTS: Readonly<Record<string, LiquidFilter>> = {
  compact: (input, { args: [key] }) =>
    itemsOf(input).filter((item) => {
      const value = key === undefined || key === null ? item : propertyOf(item, key);
      return value !== undefined && value !== null;
    }),
  concat: (input, { args: [other] }) => concat(input, other),
  find,
  find_index: findIndex,
  first: (input) => end(input, 'first'),
  has,
  join: (input, { args: [by = ' '] }) => join(itemsOf(input), textOf(by)),
  last: (input) => end(input, 'last'),
  map: (input, { args: [key] }) => itemsOf(input).map((item) => propertyOf(item, key)),
  reject,
  reverse: (input) => itemsOf(input).toReversed(),
  size,
  slice: (input, { args: [from, count] }) => slice(input, integerOf(from), count),
  sort,
  sort_natural: sortNatural,
  sum: (input, { args: [key] }) =>
    itemsOf(input).reduce(
      (sum, item) => calculate(sum, key === undefined ? item : propertyOf(item, key), (a, b) => a + b),
      0,
    ),
  uniq: (input, { args: [key] }) => uniq(itemsOf(input), key),
  where,
};

function concat(input: unknown, other: unknown): unknown[] {
  const isList = Array.isArray(other) || other instanceof Range || (isDrop(other) && other.liquidItems);
  if (!isList) throw new Fault('concat filter requires an array argument');
  const [one, more] = [itemsOf(input), itemsOf(other)];
  spendList(one.length + more.length);
  return [...one, ...more];
}

function end(input: unknown, key: 'first' | 'last'): unknown {
  return typeof input === 'object' || typeof input === 'string' ? get(input, key) : undefined;
}

function size(input: unknown): unknown {
  const isCounted = typeof input === 'string' || (typeof input === 'object' && input !== null);
  return isCounted ? (get(input, 'size') ?? 0) : 0;
}

function join(items: readonly unknown[], by: string): string {
  let length = 0;
  const texts = items.map((item) => {
    const text = textOf(item);
    length += text.length + by.length;
    spendText(text.length);
    return text;
  });
  spendText(length);
  return texts.join(by);
}

function slice(input: unknown, from: number, count: unknown): unknown {
  const length = integerOf(count ?? 1);
  if (Array.isArray(input) || input instanceof Range) {
    const list = itemsOf(input);
    return part(list, from, length) ?? [];
  }
  const text = textOf(input);
  spend(text.length >> 4);
  const start = from < 0 ? from + countLetters(text) : from;
  if (start < 0 || length < 0) return '';
  const begin = unitOf(text, start);
  return text.slice(begin, begin + unitOf(text.slice(begin), length));
}

function part<Item>(list: readonly Item[], from: number, length: number): Item[] | undefined {
  const start = from < 0 ? from + list.length : from;
  return start < 0 || length < 0 ? undefined : list.slice(start, start + length);
}

function uniq(items: readonly unknown[], key: unknown): unknown[] {
  spend(items.length);
  const seen = new Set<unknown>();
  return items.filter((item) => {
    const isKeyed = key !== undefined && key !== null;
    const value = keyOf(
      isKeyed && (isHash(item) || isDrop(item)) ? get(item, key) : isKeyed ? propertyOf(item, key) : item,
    );
    if (seen.has(value)) return false;
    seen.add(value);
    return true;
  });
}
