import type { Cradle } from 'kontor/sdk';

/** What a page says, in one language: words, amounts, countries, days. */
export type Speech = ReturnType<typeof speechOf>;

export function speechOf({ i18n, stores }: Pick<Cradle, 'i18n' | 'stores'>, locale: string) {
  const { timeZone } = stores.current();
  return {
    locale,
    say: (key: string, values?: Record<string, string | number>) => i18n.text(key, values, locale),
    /** @param amount - minor units */
    money: (amount: number, currency: string) => moneyText(amount, currency, locale),
    /** @param bps - 1700 is 17 % */
    percent: (bps: number) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(bps / 10_000),
    country: (code: string) => countryName(code, locale),
    day: (date: Date) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(date),
    /** By name, as people of the language look them up. */
    countries: (codes: readonly string[]) => {
      const compare = new Intl.Collator(locale).compare;
      return codes
        .map((code) => ({ code, name: countryName(code, locale) }))
        .sort((a, b) => compare(a.name, b.name));
    },
  };
}

function moneyText(amount: number, currency: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

function countryName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale, 'en'], { type: 'region' }).of(code) ?? code;
  } catch {
    return code; // no code at all
  }
}
