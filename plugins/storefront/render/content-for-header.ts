import type { Page } from './page.ts';
import { bundleAddress } from './assets.ts';

/** What every layout puts into its head: facts for scripts, and the style and script that sections bring along. */
export function contentForHeader(page: Page): string {
  const { code, values, store, locale } = page;
  const style = code.bundle('stylesheet');
  const script = code.bundle('javascript');
  const facts = {
    shop: store.host,
    locale,
    currency: { active: store.currency, rate: '1.0' },
    country: page.subject.country,
    theme: { name: code.tree.name, id: code.tree.themeId ?? 0, role: 'main' },
    routes: { root: '/' },
    designMode: false,
  };
  const lines = [
    `<script>window.Shopify = Object.assign(window.Shopify || {}, ${values.json(facts)}); Shopify.PaymentButton = Shopify.PaymentButton || { init: function () {} }; Shopify.loadFeatures = Shopify.loadFeatures || function () {};</script>`,
    style && `<link rel="stylesheet" href="${bundleAddress(code, 'stylesheet', style)}">`,
    script && `<script src="${bundleAddress(code, 'javascript', script)}" defer></script>`,
  ];
  return lines.filter(Boolean).join('\n');
}
