import { Fault } from '../faults.ts';
import { float, isFloat, isNumeric, type Numeric } from './float.ts';
import { plainOf } from './kinds.ts';

/** As maths filters read it: a text by how it begins, 0 for what is no number. */
export function numberOf(value: unknown): Numeric {
  const plain = plainOf(value);
  if (isNumeric(plain)) return plain;
  if (typeof plain !== 'string') return 0;
  // Longer ones are no numbers that anybody has written.
  const text = plain.slice(0, 400).trim();
  if (/^-?\d{1,300}\.\d{1,300}$/.test(text)) return float(Number(text));
  return Number(/^[+-]?\d{1,300}/.exec(text)?.[0] ?? 0);
}

/** A whole number, for `limit`, `slice`, ranges: floats are cut, texts read by how they begin, anything else is a mistake. */
export function integerOf(value: unknown): number {
  const plain = plainOf(value);
  if (isNumeric(plain)) return Math.trunc(Number(plain));
  if (plain === null || plain === undefined) return 0;
  const found = typeof plain === 'string' ? /^\s{0,9}[+-]?\d{1,18}/.exec(plain) : null;
  if (!found) throw new Fault('invalid integer');
  return Number(found[0]);
}

/** Maths of two whole numbers is whole; with a float it is a float, without the dust of binary fractions. */
export function calculate(
  one: unknown,
  other: unknown,
  operation: (a: number, b: number) => number,
): Numeric {
  const [a, b] = [numberOf(one), numberOf(other)];
  const result = operation(Number(a), Number(b));
  return isFloat(a) || isFloat(b) ? float(Number(result.toPrecision(15))) : result;
}
