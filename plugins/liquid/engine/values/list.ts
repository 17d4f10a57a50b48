import { Fault } from '../faults.ts';
import { spend, spendList } from '../meter.ts';
import { isDrop, isHash } from './kinds.ts';
import { Range } from './range.ts';
import { Special } from './special.ts';

const DEPTH = 50;

/** What `for` goes over: entries of a list, pairs of a hash, a text as one. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value === null || value === undefined || value === '' || value instanceof Special) return [];
  if (value instanceof Range) return value.slice();
  if (isDrop(value)) return value.liquidItems?.() ?? [];
  if (isHash(value)) {
    const keys = Object.keys(value);
    spendList(keys.length);
    return keys.map((key) => [key, value[key]]);
  }
  return typeof value === 'string' ? [value] : [];
}

/** A part of it; of a range only that part is made. */
export function sliceOf(value: unknown, from: number, count: number): readonly unknown[] {
  if (value instanceof Range) return value.slice(from, Math.min(count, value.length));
  const list = listOf(value);
  if (from === 0 && count >= list.length) return list;
  spend(list.length / 64);
  return list.slice(from, from + count);
}

/** What array filters see: lists in lists are one, and anything else is a list of one. */
export function itemsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) {
    spend(value.length);
    return value.some(Array.isArray) ? flat(value, [], 0) : value;
  }
  if (value === null || value === undefined) return [];
  if (value instanceof Range) return value.slice();
  const items = isDrop(value) ? value.liquidItems?.() : undefined;
  spend(items?.length ?? 1);
  return items ?? [value];
}

function flat(list: readonly unknown[], into: unknown[], depth: number): unknown[] {
  if (depth > DEPTH) throw new Fault('Nesting too deep');
  spend(list.length);
  for (const entry of list) {
    if (Array.isArray(entry)) flat(entry, into, depth + 1);
    else into.push(entry);
  }
  if (into.length > 10_000) spendList(into.length);
  return into;
}
