/**
 * An amount in whole minor units (cents) beside its currency. Never a fraction, never without a currency.
 */
export type Money = { readonly amount: number; readonly currency: string };

/**
 * Makes an amount, or says why it is none.
 *
 * @param amount - whole minor units: 1999 is EUR 19.99
 * @param currency - ISO 4217, three capital letters
 * @throws RangeError when the amount is not a whole number within 2^53, or the currency is no code
 * @example money(1999, 'EUR')
 */
export function money(amount: number, currency: string): Money {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`Expected whole minor units, got ${amount}`);
  if (!/^[A-Z]{3}$/.test(currency))
    throw new RangeError(`Expected a currency such as EUR, got '${currency}'`);
  return { amount, currency };
}

/** Adds two amounts of one currency. @throws RangeError when the currencies differ */
export function addMoney(left: Money, right: Money): Money {
  if (left.currency !== right.currency) {
    throw new RangeError(`Expected two amounts in ${left.currency}, got one in ${right.currency}`);
  }
  return money(left.amount + right.amount, left.currency);
}

/**
 * Splits an amount by weights so that the parts add up to it exactly (largest remainder; ties go to the earlier part).
 *
 * @param weights - 0 or more each; equal parts when all are 0
 * @throws RangeError when there is no weight, or one is negative or not finite
 * @example allocate(money(100, 'EUR'), [1, 1, 1]) // 34, 33, 33
 */
export function allocate(total: Money, weights: readonly number[]): Money[] {
  if (weights.length === 0 || weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0)) {
    throw new RangeError(`Expected one or more whole weights of 0 or more, got [${weights.join(', ')}]`);
  }
  const even = weights.every((weight) => weight === 0);
  const shares = weights.map((weight) => (even ? 1n : BigInt(weight)));
  const sum = shares.reduce((left, right) => left + right, 0n);
  const sign = total.amount < 0 ? -1n : 1n;
  const whole = BigInt(total.amount) * sign;
  const parts = shares.map((share) => (whole * share) / sum);
  const remainders = shares.map((share, index) => ({ index, rest: (whole * share) % sum }));
  remainders.sort((left, right) =>
    left.rest === right.rest ? left.index - right.index : left.rest < right.rest ? 1 : -1,
  );
  let left = whole - parts.reduce((a, b) => a + b, 0n);
  for (const { index } of remainders) {
    if (left === 0n) break;
    parts[index] = parts[index]! + 1n;
    left -= 1n;
  }
  return parts.map((part) => money(Number(part * sign), total.currency));
}
