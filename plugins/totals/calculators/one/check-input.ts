import type { TotalsInput } from 'kontor/sdk';
import { badInput } from '../../errors.ts';

const MOST_BPS = 10_000; // 100 %
/** All together; with as much tax on top it stays within 2^53, where whole numbers are exact. */
const MOST = 2 ** 52 - 1;
const KINDS = ['percent', 'amount', 'shipping'];

/** @throws TOTALS_ERR_INPUT with the field, what was wanted and what came */
export function checkInput(input: TotalsInput): void {
  if (!/^[A-Z]{3}$/.test(input.currency))
    throw badInput('currency', 'a currency such as EUR', input.currency);
  if (typeof input.taxIncluded !== 'boolean')
    throw badInput('taxIncluded', 'true or false', input.taxIncluded);
  if (input.taxRounding !== 'line' && input.taxRounding !== 'document') {
    throw badInput('taxRounding', 'line or document', input.taxRounding);
  }
  checkLines(input.lines);
  checkDiscounts(input);
  checkShipping(input.shipping);
  checkSum(input);
}

function checkLines(lines: TotalsInput['lines']): void {
  if (!Array.isArray(lines)) throw badInput('lines', 'a list', lines);
  for (const [at, line] of lines.entries()) {
    const field = `lines[${at}]`;
    checkWhole(`${field}.unitAmount`, line?.unitAmount);
    checkWhole(`${field}.quantity`, line.quantity);
    checkWhole(`${field}.rateBps`, line.rateBps, MOST_BPS);
  }
  checkKeys('lines', lines);
}

function checkDiscounts({ discounts, lines }: TotalsInput): void {
  if (!Array.isArray(discounts)) throw badInput('discounts', 'a list', discounts);
  const known = new Set(lines.map(({ key }) => key));
  for (const [at, discount] of discounts.entries()) {
    const field = `discounts[${at}]`;
    if (!KINDS.includes(discount?.kind))
      throw badInput(`${field}.kind`, `one of ${KINDS.join(', ')}`, discount?.kind);
    if (typeof discount.title !== 'string') throw badInput(`${field}.title`, 'text', discount.title);
    checkWhole(
      `${field}.value`,
      discount.value,
      discount.kind === 'amount' ? Number.MAX_SAFE_INTEGER : MOST_BPS,
    );
    const { lines: chosen } = discount;
    if (chosen !== undefined && !Array.isArray(chosen))
      throw badInput(`${field}.lines`, 'a list of keys', chosen);
    const strange = chosen?.find((key: string) => !known.has(key));
    if (strange !== undefined) throw badInput(`${field}.lines`, 'keys of lines', strange);
  }
  checkKeys('discounts', discounts);
}

function checkShipping(shipping: TotalsInput['shipping']): void {
  if (shipping === null) return;
  if (typeof shipping?.title !== 'string') throw badInput('shipping.title', 'text', shipping?.title);
  checkWhole('shipping.amount', shipping.amount);
  if (shipping.rateBps !== null) checkWhole('shipping.rateBps', shipping.rateBps, MOST_BPS);
}

/** Two of one name would share what is told of them. */
function checkKeys(field: string, things: readonly { key: string }[]): void {
  const seen = new Set<string>();
  for (const [at, { key }] of things.entries()) {
    if (typeof key !== 'string' || key === '') throw badInput(`${field}[${at}].key`, 'a name', key);
    if (seen.has(key)) throw badInput(`${field}[${at}].key`, 'a name of its own', key);
    seen.add(key);
  }
}

function checkSum({ lines, shipping }: TotalsInput): void {
  const costs = lines.map(({ unitAmount, quantity }) => BigInt(unitAmount) * BigInt(quantity));
  const all = costs.reduce((left, right) => left + right, BigInt(shipping?.amount ?? 0));
  if (all > MOST) throw badInput('lines', `${MOST} minor units at most with shipping`, all);
}

function checkWhole(field: string, value: unknown, most: number = Number.MAX_SAFE_INTEGER): void {
  if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) > most) {
    throw badInput(
      field,
      most === MOST_BPS ? 'basis points of 0 to 10000' : 'a whole number of 0 or more',
      value,
    );
  }
}
