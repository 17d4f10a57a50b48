import type { Run } from '../services/engine.ts';

/** `{{ total | money }}`, `{{ total | money: 'CHF' }}`: whole minor units, or `{ amount, currency }`, as people write it. */
export function createMoneyFilter(run: () => Run) {
  return (value: unknown, currency?: unknown): string => {
    const { locale, currency: usual } = run();
    const given = isMoney(value) ? value : { amount: value, currency: currency ?? usual };
    const amount = Number(given.amount);
    if (given.amount === null || given.amount === undefined || given.amount === '') return '';
    if (!Number.isSafeInteger(amount))
      throw new Error(`money is whole minor units, got ${String(given.amount)}`);
    const format = formatOf(locale, { style: 'currency', currency: String(given.currency) });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return format.format(decimal(amount, digits));
  };
}

/** `{{ 1234.5 | number }}` with the separators of the language. */
export function createNumberFilter(run: () => Run) {
  return (value: unknown): string => {
    const number = Number(value);
    return Number.isFinite(number) ? formatOf(run().locale, {}).format(number) : '';
  };
}

function formatOf(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(locale, options);
  } catch (cause) {
    throw new Error(`there is no currency ${String(options.currency)}`, { cause });
  }
}

/** Minor units as decimal text, so that no amount is rounded. */
function decimal(amount: number, digits: number): `${number}` {
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${amount < 0 ? '-' : ''}${whole}.${text.slice(text.length - digits) || '0'}` as `${number}`;
}

function isMoney(value: unknown): value is { amount: unknown; currency: unknown } {
  return typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
}
