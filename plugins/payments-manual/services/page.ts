import type { I18n, StoreRef } from 'kontor/sdk';
import type { Charge } from './ledger.ts';

/** The page of the test gateway, where a bank would ask for a code. */
export function page({
  charge,
  store,
  locale,
  i18n,
}: {
  charge: Charge;
  store: StoreRef;
  locale: string;
  i18n: I18n;
}): string {
  const text = (key: string, values = {}) => escaped(i18n.text(key, values, locale));
  const amount = amountIn(locale, charge);
  return `<!doctype html>
<html lang="${escaped(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${text('page.title')}</title>
<style>
body { font: 1.0625rem/1.5 system-ui, sans-serif; background: #f3f1ec; color: #23211d; margin: 0 }
main { max-width: 26rem; margin: 10vh auto; padding: 2rem; background: #fff; border-radius: .75rem; border: 1px solid #ddd8cd }
h1 { font-size: 1.25rem; margin: 0 0 .5rem }
p { margin: 0 0 1.25rem }
.amount { font-size: 1.75rem; font-weight: 600 }
button { font: inherit; padding: .75rem 1.25rem; border-radius: .5rem; border: 1px solid #1d5c4d; cursor: pointer; min-height: 2.75rem }
button[value=approve] { background: #1d5c4d; color: #fff }
button[value=decline] { background: #fff; color: #1d5c4d }
button:focus-visible { outline: 3px solid #e0a526; outline-offset: 2px }
</style>
</head>
<body>
<main>
<h1>${text('page.title')}</h1>
<p>${text('page.words', { store: store.name })}</p>
<p class="amount">${escaped(amount)}</p>
<form method="post">
<button name="answer" value="approve">${text('page.approve')}</button>
<button name="answer" value="decline">${text('page.decline')}</button>
</form>
</main>
</body>
</html>
`;
}

function amountIn(locale: string, { amount, currency }: Charge): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
