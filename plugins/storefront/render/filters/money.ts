import type { LiquidFilter } from 'kontor/sdk';
import { moneyText } from '../drops/money.ts';
import { type Page, pageOf } from '../page.ts';

/** Hundredths to what people read. Nothing for nothing. */
function written(input: unknown, page: Page, write: (hundredths: number) => string): string {
  if (input === null || input === undefined || input === '') return '';
  return write(page.values.number(input));
}

const how = ({ store, locale }: Page) => ({ currency: store.currency, locale });

export const money: LiquidFilter = (input, { run }) => {
  const page = pageOf(run);
  return written(input, page, (amount) => moneyText(amount, how(page)));
};
const withCurrency: LiquidFilter = (input, { run }) => {
  const page = pageOf(run);
  return written(input, page, (amount) => `${moneyText(amount, how(page))} ${page.store.currency}`);
};
const withoutCurrency: LiquidFilter = (input, { run }) => {
  const page = pageOf(run);
  return written(input, page, (amount) => plainAmount(amount, page));
};
const withoutZeros: LiquidFilter = (input, { run }) => {
  const page = pageOf(run);
  return written(input, page, (amount) =>
    moneyText(amount, {
      ...how(page),
      ...(amount % 100 === 0 && { minimumFractionDigits: 0, maximumFractionDigits: 0 }),
    }),
  );
};

function plainAmount(amount: number, { store, locale }: Page): string {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: store.currency,
  }).resolvedOptions();
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount / 100);
}

const perUnit: LiquidFilter = (input, { args: [measure], run }) => {
  const page = pageOf(run);
  const { values } = page;
  const value = values.text(values.get(measure, 'reference_value'));
  const unit = values.text(values.get(measure, 'reference_unit'));
  return written(
    input,
    page,
    (amount) => `${moneyText(amount, how(page))}/${value === '1' ? '' : value}${unit}`,
  );
};

const weight: LiquidFilter = (input, { args: [unit], run }) => {
  const { values, locale } = pageOf(run);
  const wanted = values.text(unit) || 'kg';
  const grams = values.number(input);
  const inUnit = grams / (WEIGHTS[wanted] ?? 1000);
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(inUnit)} ${wanted}`;
};
const WEIGHTS: Readonly<Record<string, number>> = { g: 1, kg: 1000, oz: 28.349523125, lb: 453.59237 };

export const MONEY: Readonly<Record<string, LiquidFilter>> = {
  money,
  money_with_currency: withCurrency,
  money_without_currency: withoutCurrency,
  money_amount: withoutCurrency,
  money_without_trailing_zeros: withoutZeros,
  unit_price_with_measurement: perUnit,
  weight_with_unit: weight,
};
