/** Places behind the comma of a currency. */
export function digitsOf(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** As themes count: hundredths, whatever the currency has. Themes divide by 100 everywhere. */
export function cents(amount: number, currency: string): number {
  const digits = known(currency);
  return digits === 2 ? amount : Math.round(amount * 10 ** (2 - digits));
}

/** Hundredths as a language writes them. */
export function moneyText(
  hundredths: number,
  { currency, locale, ...options }: { currency: string; locale: string } & Intl.NumberFormatOptions,
): string {
  const key = `${locale} ${currency} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency, ...options });
    if (formats.size > 500) formats.clear();
    formats.set(key, format);
  }
  return format.format(hundredths / 100);
}

/** `€{{amount}}`: what scripts of themes write amounts by. */
export function moneyFormat(currency: string, locale: string): string {
  const text = moneyText(123456789, { currency, locale });
  const number = /\d[\d.,'’\s\u00a0\u202f]*\d|\d/.exec(text)?.[0] ?? '';
  const decimal = digitsOf(currency) === 0 ? '' : (/[.,](?=\d+$)/.exec(number)?.[0] ?? '');
  const place =
    decimal === '' ? 'amount_no_decimals' : decimal === ',' ? 'amount_with_comma_separator' : 'amount';
  return text.replace(number, `{{${place}}}`);
}

const formats = new Map<string, Intl.NumberFormat>();
const digits = new Map<string, number>();

function known(currency: string): number {
  const found = digits.get(currency) ?? digitsOf(currency);
  digits.set(currency, found);
  return found;
}
