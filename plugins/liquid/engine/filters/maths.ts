import type { LiquidFilter } from 'kontor/sdk';
import { Fault } from '../faults.ts';
import { float, isFloat, type Numeric } from '../values/float.ts';
import { calculate, integerOf, numberOf } from '../values/numbers.ts';

/** Whole numbers stay whole: `5 | divided_by: 3` is 1, `5.0 | divided_by: 3` is not. */
export const MATHS: Readonly<Record<string, LiquidFilter>> = {
  plus: (input, { args: [other] }) => calculate(input, other, (a, b) => a + b),
  minus: (input, { args: [other] }) => calculate(input, other, (a, b) => a - b),
  times: (input, { args: [other] }) => calculate(input, other, (a, b) => a * b),
  divided_by: (input, { args: [other] }) => divide(numberOf(input), divisor(other)),
  modulo: (input, { args: [other] }) => calculate(input, divisor(other), modulo),
  abs: (input) => {
    const value = numberOf(input);
    return isFloat(value) ? float(Math.abs(Number(value))) : Math.abs(Number(value));
  },
  ceil: (input) => Math.ceil(Number(numberOf(input))),
  floor: (input) => Math.floor(Number(numberOf(input))),
  round: (input, { args: [digits] }) => round(numberOf(input), digits),
  at_least: (input, { args: [least] }) => larger(numberOf(input), numberOf(least)),
  at_most: (input, { args: [most] }) => smaller(numberOf(input), numberOf(most)),
};

function divisor(value: unknown): Numeric {
  const number = numberOf(value);
  if (Number(number) === 0) throw new Fault('divided by 0');
  return number;
}

function divide(one: Numeric, other: Numeric): Numeric {
  const result = Number(one) / Number(other);
  return isFloat(one) || isFloat(other) ? float(result) : Math.floor(result);
}

/** With the sign of what one divides by. */
function modulo(one: number, other: number): number {
  const rest = one % other;
  return rest !== 0 && rest < 0 !== other < 0 ? rest + other : rest;
}

/** Halves go away from zero. Without digits it is a whole number. */
function round(value: Numeric, digits: unknown): Numeric {
  const number = Number(value);
  const places = Math.max(-300, Math.min(15, integerOf(numberOf(digits))));
  const size = Math.abs(number);
  if (!Number.isFinite(number)) return number;
  const rounded = Math.sign(number) * shift(Math.round(shift(size, places)), -places);
  return places > 0 && isFloat(value) ? float(rounded) : rounded;
}

/** By the decimal digits that one sees: 1.005 has no half in binary. */
function shift(number: number, places: number): number {
  const [digits, exponent = '0'] = String(number).split('e') as [string, string?];
  return Number(`${digits}e${Number(exponent) + places}`);
}

const larger = (one: Numeric, other: Numeric): Numeric => (Number(other) > Number(one) ? other : one);
const smaller = (one: Numeric, other: Numeric): Numeric => (Number(other) < Number(one) ? other : one);
