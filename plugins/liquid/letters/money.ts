import type { LiquidFilter } from 'kontor/sdk';

type Page = { readonly locale: string; readonly registers: Readonly<Record<string, unknown>> };

/** `{{ total | money }}`, `{{ total | money: 'CHF' }}`: whole minor units, or `{ amount, currency }`, as people write it. */
export const money: LiquidFilter = (value, { args: [currency], run }) => {
  const { locale, registers }: Page = run;
  const given = isMoney(value) ? value : { amount: value, currency: currency ?? registers.currency };
  if (given.amount === null || given.amount === undefined || given.amount === '') return '';
  const amount = Number(given.amount);
  if (!Number.isSafeInteger(amount))
    return run.fail(`money is whole minor units, got ${String(given.amount)}`);
  const format = formatOf(locale, String(given.currency));
  if (!format) return run.fail(`there is no currency ${String(given.currency)}`);
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(decimal(amount, digits));
};

/** `{{ 1234.5 | number }}` with the separators of the language. */
export const number: LiquidFilter = (value, { run }) => {
  const number = Number(value);
  return Number.isFinite(number) ? new Intl.NumberFormat(run.locale).format(number) : '';
};

function formatOf(locale: string, currency: string): Intl.NumberFormat | undefined {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency });
  } catch {
    return undefined;
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
