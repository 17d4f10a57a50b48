import type { TotalsInput } from 'kontor/sdk';
import { share, sum, type Trace } from './whole.ts';

export type ShippingPart = { rateBps: number; amount: number };

/**
 * Shipping by rate of tax. Without a rate of its own it follows the lines: in proportion to what they cost after discounts;
 * before them where nothing is left; by the highest rate where nothing costs anything; untaxed where there are no lines.
 */
export function ratesOfShipping(
  { lines, shipping }: TotalsInput,
  amounts: { priced: readonly number[]; left: readonly number[]; shipping: number },
  trace: Trace,
): ShippingPart[] {
  if (!shipping || amounts.shipping === 0) return [];
  if (shipping.rateBps !== null) return [{ rateBps: shipping.rateBps, amount: amounts.shipping }];
  const rates = [...new Set(lines.map(({ rateBps }) => rateBps))].sort((left, right) => left - right);
  const [by, costs] = whatCounts(amounts);
  const weights = rates.map((rateBps) => sum(costs.filter((_, at) => lines[at]!.rateBps === rateBps)));
  const parts = costs.length > 0 ? split(amounts.shipping, rates, weights) : highest(amounts.shipping, rates);
  const words = parts.map(({ rateBps, amount }) => `${rateBps}: ${amount}`).join(', ');
  trace.push({ step: 'shipping.rates', detail: { amount: amounts.shipping, by, parts: words } });
  return parts;
}

function whatCounts({ left, priced }: { left: readonly number[]; priced: readonly number[] }) {
  if (sum(left) > 0) return ['lines after discounts', left] as const;
  if (sum(priced) > 0) return ['lines before discounts', priced] as const;
  return ['highest rate', []] as const;
}

function split(amount: number, rates: readonly number[], weights: readonly number[]): ShippingPart[] {
  return share(amount, weights)
    .map((part, at) => ({ rateBps: rates[at]!, amount: part }))
    .filter((part) => part.amount > 0);
}

function highest(amount: number, rates: readonly number[]): ShippingPart[] {
  return [{ rateBps: rates.at(-1) ?? 0, amount }];
}
