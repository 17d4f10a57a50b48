import type { LiquidDrop } from 'kontor/sdk';
import type { Page } from '../page.ts';
import { defineDrop, lookupDrop, no, none, nothing, plainDrop } from './drop.ts';
import { listingKey } from '../data/wants.ts';
import { policiesOf, policyOf } from './content.ts';
import { moneyFormat } from './money.ts';

type On = { readonly page: Page };

export const shopDrop = defineDrop<On>(
  'shop',
  {
    id: ({ page }) => page.store.id,
    name: ({ page }) => page.store.name,
    description: ({ page }) => page.words.introduction,
    url: ({ page }) => page.origin,
    secure_url: ({ page }) => page.origin,
    domain: ({ page }) => page.store.host,
    permanent_domain: ({ page }) => page.store.host,
    email: none,
    phone: none,
    address: none,
    locale: ({ page }) => page.locale,
    currency: ({ page }) => page.store.currency,
    enabled_currencies: ({ page }) => [currencyDrop({ code: page.store.currency, locale: page.locale })],
    published_locales: ({ page }) => languages(page),
    enabled_locales: ({ page }) => languages(page),
    money_format: ({ page }) => moneyFormat(page.store.currency, page.locale),
    money_with_currency_format: ({ page }) =>
      `${moneyFormat(page.store.currency, page.locale)} ${page.store.currency}`,
    enabled_payment_types: nothing,
    taxes_included: ({ page }) => page.isTaxIncluded,
    customer_accounts_enabled: ({ page }) =>
      page.code.tree.has('templates/customers/login.json') ||
      page.code.tree.has('templates/customers/login.liquid'),
    customer_accounts_optional: () => true,
    checkout: () => plainDrop({ guest_login: true }),
    features: () => lookupDrop(no),
    products_count: ({ page }) => {
      const query = { collection: 'all', sort: 'manual', page: 1, size: 50, facets: {} };
      const listing = page.wants.get('listing', listingKey(query));
      return listing ? (listing.total ?? listing.cards.length) : undefined;
    },
    collections_count: ({ page }) => page.wants.get('collections', 'all')?.length,
    vendors: ({ page }) => facet(page, 'vendor'),
    types: ({ page }) => facet(page, 'type'),
    search_types: nothing,
    policies: ({ page }) => policiesOf(page),
    refund_policy: ({ page }) => policyOf(page, 'refund-policy'),
    shipping_policy: ({ page }) => policyOf(page, 'shipping-policy'),
    privacy_policy: ({ page }) => policyOf(page, 'privacy-policy'),
    terms_of_service: ({ page }) => policyOf(page, 'terms-of-service'),
    subscription_policy: none,
    password_message: none,
    accepts_gift_cards: no,
    brand: ({ page: { words } }) =>
      plainDrop({ slogan: words.headline, short_description: words.introduction }),
    metafields: () => lookupDrop(() => lookupDrop(none)),
    metaobjects: ({ page }) => page.pass.globals.liquidGet('metaobjects'),
  },
  { text: ({ page }) => page.store.name },
);

export const requestDrop = defineDrop<On>('request', {
  design_mode: no,
  visual_preview_mode: no,
  page_type: ({ page }) => page.kind,
  host: ({ page }) => page.asked.host,
  origin: ({ page }) => page.origin,
  path: ({ page }) => page.asked.path,
  locale: ({ page }) => languageDrop({ page, code: page.locale }),
});

export const languageDrop = defineDrop<{ page: Page; code: string }>(
  'shop_locale',
  {
    iso_code: ({ code }) => code,
    name: ({ code, page }) => nameOf(code, page.locale),
    endonym_name: ({ code }) => nameOf(code, code),
    primary: ({ code, page }) => code === page.store.locale,
    root_url: () => '/',
  },
  { text: ({ code }) => code, value: ({ code }) => code },
);

export const currencyDrop = defineDrop<{ code: string; locale: string }>(
  'currency',
  {
    iso_code: ({ code }) => code,
    name: ({ code, locale }) => new Intl.DisplayNames([locale, 'en'], { type: 'currency' }).of(code) ?? code,
    symbol: ({ code, locale }) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency: code, currencyDisplay: 'narrowSymbol' })
        .formatToParts(0)
        .find(({ type }) => type === 'currency')?.value ?? code,
  },
  { text: ({ code }) => code, value: ({ code }) => code },
);

export const countryDrop = defineDrop<{ page: Page; code: string }>(
  'country',
  {
    iso_code: ({ code }) => code,
    name: ({ code, page }) => new Intl.DisplayNames([page.locale, 'en'], { type: 'region' }).of(code) ?? code,
    unit_system: () => 'metric',
    currency: ({ page }) => currencyDrop({ code: page.store.currency, locale: page.locale }),
    available_languages: ({ page }) => languages(page),
    continent: none,
    market: none,
    'popular?': no,
  },
  {
    text: ({ page, code }) => new Intl.DisplayNames([page.locale, 'en'], { type: 'region' }).of(code) ?? code,
    value: ({ code }) => code,
  },
);

export const localizationDrop = defineDrop<On & { country: string }>('localization', {
  available_languages: ({ page }) => languages(page),
  language: ({ page }) => languageDrop({ page, code: page.locale }),
  country: ({ page, country }) => countryDrop({ page, code: country }),
  available_countries: ({ page, country }) => [countryDrop({ page, code: country })],
  market: none,
});

export const templateDrop = defineDrop<On>(
  'template',
  {
    name: ({ page }) => page.template.name.split('/').at(-1),
    suffix: ({ page }) => page.template.suffix,
    directory: ({ page }) => (page.template.name.includes('/') ? page.template.name.split('/')[0] : null),
  },
  { text: fullName, value: fullName },
);

export const themeDrop = defineDrop<On>('theme', {
  id: ({ page }) => page.code.tree.themeId ?? 0,
  name: ({ page }) => page.code.tree.name,
  role: () => 'main',
});

function fullName({ page: { template } }: On): string {
  return template.suffix === null ? template.name : `${template.name}.${template.suffix}`;
}

function languages(page: Page): LiquidDrop[] {
  return page.store.locales.map((code) => languageDrop({ page, code }));
}

/** With a capital, as it stands alone. */
function nameOf(code: string, locale: string): string {
  const name = new Intl.DisplayNames([locale, 'en'], { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

function facet(page: Page, name: string): readonly string[] | undefined {
  const query = { collection: 'all', sort: 'manual', page: 1, size: 1, facets: {} };
  const found = page.wants.get('facets', listingKey(query));
  return found === undefined
    ? undefined
    : (found?.facets.find((one) => one.name === name)?.values.map(({ value }) => value) ?? []);
}
