import { Fault } from '../faults.ts';
import { spend, spendComparison, spendSearch } from '../meter.ts';
import { isFloat, isNumeric } from './float.ts';
import { isDrop, isHash, plainOf } from './kinds.ts';
import { Range } from './range.ts';
import { BLANK, EMPTY, Special } from './special.ts';
import { get } from './get.ts';
import { textOf } from './text.ts';

export const isTruthy = (value: unknown): boolean => value !== false && value !== null && value !== undefined;

export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' && typeof other !== 'object') return isNothing(one) && isNothing(other);
  const [a, b] = [plainOf(one), plainOf(other)];
  if (a instanceof Special) return b === a || (!(b instanceof Special) && isSpecial(b, a));
  if (b instanceof Special) return isSpecial(a, b);
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
  if (isNumeric(a)) return isNumeric(b) && Number(a) === Number(b);
  if (Array.isArray(a)) return Array.isArray(b) && isEqualList(a, b);
  if (a instanceof Range) return b instanceof Range && a.first === b.first && a.last === b.last;
  if (a instanceof Date) return b instanceof Date && a.getTime() === b.getTime();
  return typeof a === 'string' && typeof b === 'string' ? isEqualText(a, b) : a === b;
}

function isEqualText(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  spendComparison(one, other);
  return one === other;
}

const isNothing = (value: unknown): boolean => value === null || value === undefined;

const isSpecial = (value: unknown, special: Special): boolean =>
  special === EMPTY ? isEmpty(value) : isBlank(value);

function isEqualList(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  spend(one.length);
  return one.every((entry, index) => isEqual(entry, other[index]));
}

export function isEmpty(value: unknown): boolean {
  if (value === '' || value === EMPTY) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (value instanceof Range) return value.length === 0;
  if (isDrop(value)) return get(value, 'size') === 0;
  if (!isHash(value)) return false;
  const { length } = Object.keys(value);
  spend(length / 4);
  return length === 0;
}

export function isBlank(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === BLANK) return true;
  if (typeof value !== 'string') return isEmpty(value);
  spendComparison(value, value);
  return !/[^ \t-\r]/.test(value);
}

export type Order = '<' | '>' | '<=' | '>=';

/** False for what cannot be compared; a text with a number is a mistake. */
export function isOrdered(one: unknown, order: Order, other: unknown): boolean {
  const [a, b] = [plainOf(one), plainOf(other)];
  if (isNumeric(a) && isNumeric(b)) return holds(Number(a), order, Number(b));
  if (typeof a === 'string' && typeof b === 'string') {
    spendComparison(a, b);
    return holds(a, order, b);
  }
  if (a instanceof Date && b instanceof Date) return holds(a.getTime(), order, b.getTime());
  const isMixed = (isNumeric(a) && typeof b === 'string') || (typeof a === 'string' && isNumeric(b));
  if (isMixed)
    throw new Fault(`comparison of ${kindOf(a)} with ${isNumeric(b) ? textOf(b) : kindOf(b)} failed`);
  return false;
}

function holds<Value extends string | number>(a: Value, order: Order, b: Value): boolean {
  if (order === '<') return a < b;
  if (order === '>') return a > b;
  return order === '<=' ? a <= b : a >= b;
}

/** What Ruby calls it, as themes' authors know its messages. */
export function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'String';
  if (isFloat(value)) return 'Float';
  if (typeof value === 'number') return 'Integer';
  return Array.isArray(value) ? 'Array' : 'Hash';
}

export function contains(whole: unknown, part: unknown): boolean {
  const [a, b] = [
    isDrop(whole) ? (whole.liquidValue ?? whole.liquidItems?.() ?? whole) : whole,
    plainOf(part),
  ];
  if (isNothing(a) || isNothing(b) || b === false) return false;
  if (typeof a === 'string') {
    const part = textOf(b);
    spendSearch(a, part);
    return a.includes(part);
  }
  if (Array.isArray(a)) {
    spend(a.length / 4);
    return a.some((entry) => isEqual(entry, b));
  }
  if (a instanceof Range) return isNumeric(b) && a.has(Number(b));
  return isHash(a) && typeof b === 'string' && Object.hasOwn(a, b);
}
