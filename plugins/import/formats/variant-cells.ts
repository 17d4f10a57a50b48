import type { Variant } from 'kontor/sdk';
import { BadCell, jsonOf } from './cells.ts';

type Price = Variant['prices'][number];
type Unit = NonNullable<Variant['unit']>;

const MOST_PRICES = 200;
const MOST_PIECES = 100_000;
const MOST_AMOUNT = 100_000_000_000; // minor units
const MOST_UNITS = 1_000_000;
const UNITS = ['mg', 'g', 'kg', 'ml', 'cl', 'l', 'm3', 'mm', 'cm', 'm', 'm2', 'piece'];

/** Prices of groups, quantities and currencies, as JSON. What the API would refuse is none here either. */
export function pricesOf(text: string): Price[] {
  const prices = jsonOf(text) ?? [];
  if (Array.isArray(prices) && prices.length <= MOST_PRICES && prices.every(isPrice)) return prices;
  throw new BadCell('prices, each with currency, group, minQuantity, amount and compareAtAmount');
}

/** How much is in it, as JSON. */
export function unitOf(text: string): Unit | null {
  const unit = jsonOf(text);
  if (unit === null || isUnit(unit)) return unit;
  throw new BadCell('a unit with quantity, unit and reference');
}

function isPrice(value: unknown): value is Price {
  const { currency, group, minQuantity, amount, compareAtAmount } = (value ?? {}) as Record<string, unknown>;
  return (
    /^[A-Z]{3}$/.test(String(currency)) &&
    typeof group === 'string' &&
    group.length <= 60 &&
    isWithin(minQuantity, 1, MOST_PIECES) &&
    isWithin(amount, 0, MOST_AMOUNT) &&
    (compareAtAmount === null || isWithin(compareAtAmount, 0, MOST_AMOUNT))
  );
}

function isUnit(value: unknown): value is Unit {
  const { quantity, unit, reference } = (value ?? {}) as Record<string, unknown>;
  const isShare = (part: unknown) => typeof part === 'number' && part > 0 && part <= MOST_UNITS;
  return UNITS.includes(unit as string) && isShare(quantity) && isShare(reference);
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
}
