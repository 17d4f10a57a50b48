import { allocate, money, ok, refused, type Id, type Result } from 'kontor/sdk';

/** What of an order can still be given back. Amounts are minor units with the tax that is within. */
export type Refundable = {
  readonly currency: string;
  readonly lines: readonly { lineId: Id; units: number; amount: number; tax: number }[];
  readonly shipping: { readonly amount: number; readonly tax: number };
};

export type RefundWish = {
  readonly lines?: readonly { lineId: Id; quantity: number }[] | undefined;
  readonly shippingAmount?: number | undefined;
  readonly amount?: number | undefined;
};

/** Exactly what a refund takes from where. */
export type RefundShares = {
  readonly amount: number;
  readonly tax: number;
  readonly lines: readonly { lineId: Id; quantity: number; amount: number; tax: number }[];
  readonly shipping: { readonly amount: number; readonly tax: number };
};

/**
 * Splits a refund into shares of what is left, by largest remainder. The last unit of a line, and the last cent of a plain
 * amount, take whatever is left, so that all parts together give the total, in any order and any number.
 *
 * @returns `tooMuch` with `left`: units of `lineId`, or minor units
 */
export function refundShares(left: Refundable, wish: RefundWish): Result<RefundShares, 'tooMuch'> {
  const quantities = addedUp(wish.lines ?? []);
  for (const [lineId, quantity] of quantities) {
    const units = left.lines.find((line) => line.lineId === lineId)?.units ?? 0;
    if (quantity > units) return refused('tooMuch', { lineId, left: units });
  }
  const shippingAmount = wish.shippingAmount ?? 0;
  if (shippingAmount > left.shipping.amount)
    return refused('tooMuch', { shipping: true, left: left.shipping.amount });

  const ofUnits = left.lines.map((line) => shareOfUnits(line, quantities.get(line.lineId) ?? 0));
  const rest = left.lines.map((line, index) => line.amount - ofUnits[index]!);
  const restOfShipping = left.shipping.amount - shippingAmount;
  const plain = wish.amount ?? 0;
  const most = [...rest, restOfShipping].reduce((sum, amount) => sum + amount, 0);
  if (plain > most) return refused('tooMuch', { left: most });

  const ofPlain = split(left.currency, plain, [...rest, restOfShipping]);
  const lines = left.lines.map((line, index) => {
    const amount = ofUnits[index]! + ofPlain[index]!;
    const quantity = quantities.get(line.lineId) ?? 0;
    return { lineId: line.lineId, quantity, amount, tax: taxWithin(left.currency, line, amount) };
  });
  const ofShipping = shippingAmount + ofPlain.at(-1)!;
  const shipping = { amount: ofShipping, tax: taxWithin(left.currency, left.shipping, ofShipping) };
  const parts = [...lines, shipping];
  return ok({
    amount: parts.reduce((sum, part) => sum + part.amount, 0),
    tax: parts.reduce((sum, part) => sum + part.tax, 0),
    lines: lines.filter(({ quantity, amount }) => quantity > 0 || amount > 0),
    shipping,
  });
}

function addedUp(lines: readonly { lineId: Id; quantity: number }[]): Map<Id, number> {
  const quantities = new Map<Id, number>();
  for (const { lineId, quantity } of lines) quantities.set(lineId, (quantities.get(lineId) ?? 0) + quantity);
  return quantities;
}

/** Of an amount over units, the earlier ones get the odd cents: what `allocate` gives, without a weight for each unit. */
function shareOfUnits({ units, amount }: { units: number; amount: number }, quantity: number): number {
  if (quantity === 0) return 0;
  return quantity * Math.floor(amount / units) + Math.min(quantity, amount % units);
}

function split(currency: string, amount: number, weights: readonly number[]): number[] {
  return allocate(money(amount, currency), weights).map((part) => part.amount);
}

function taxWithin(currency: string, left: { amount: number; tax: number }, amount: number): number {
  return split(currency, amount, [left.amount - left.tax, left.tax])[1]!;
}
