import type { LiquidDrop } from 'kontor/sdk';
import { Float } from './float.ts';
import { Range } from './range.ts';
import { Special } from './special.ts';

export type Hash = Readonly<Record<string, unknown>>;

/** Data cannot pass for one: what comes as JSON has no functions. */
export function isDrop(value: unknown): value is LiquidDrop {
  return typeof value === 'object' && value !== null && typeof (value as LiquidDrop).liquidGet === 'function';
}

/** Plain data with keys. */
export function isHash(value: unknown): value is Hash {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !isDrop(value) &&
    !isOurs(value) &&
    !(value instanceof Date)
  );
}

/** What the language itself makes, beyond texts, numbers and lists. */
export const isOurs = (value: unknown): value is Float | Range | Special =>
  value instanceof Float || value instanceof Range || value instanceof Special;

/** What a drop counts as, when it says so; anything else as itself. */
export function plainOf(value: unknown): unknown {
  return isDrop(value) ? (value.liquidValue ?? value) : value;
}
