import type { Cart, Cradle, RouteRequest, StoreRef } from 'kontor/sdk';
import { pageLocale } from '../services/locale.ts';
import { cartToken, lookOf } from '../services/visitor.ts';
import { type ShopWords, type WordSettings, wordsIn } from '../services/words.ts';

export type Asking = RouteRequest<unknown, { locale?: string } | undefined, unknown>;

type Settings = WordSettings & { accent: string };

/** What every page knows: whose it is, for whom, and in which words. */
export type Frame = {
  readonly store: StoreRef;
  readonly locale: string;
  readonly cart: Cart | undefined;
  /** What the address had behind its question mark. */
  readonly query: Readonly<Record<string, string>>;
  readonly settings: ShopWords & { readonly accent: string };
  readonly origin: string;
  /** Whether prices have their tax in them. */
  readonly isTaxIncluded: boolean;
  say(key: string, values?: Record<string, string | number>): string;
  /** @param amount - minor units */
  money(amount: number, currency?: string): string;
};

/** Looks at the cart when the visitor has one: three statements; without one there is none. */
export async function openFrame(request: Asking, services: Cradle): Promise<Frame> {
  const { store, query } = request;
  const { carts, i18n, platform, settings, tax } = services;
  const locale = pageLocale(request, query?.locale);
  const token = cartToken(request);
  const [cart, own, { taxIncluded }] = await Promise.all([
    token === undefined ? undefined : carts.byToken(token, lookOf(request, locale)),
    settings.get<Settings>(),
    tax.settings(),
  ]);
  return {
    store,
    locale,
    cart,
    query: textsOf(query),
    settings: { accent: own.accent, ...wordsIn(own, locale) },
    origin: platform.storeOrigin(store),
    isTaxIncluded: taxIncluded,
    say: (key, values) => i18n.text(key, values, locale),
    money: (amount, currency = store.currency) => moneyText(amount, { currency, locale }),
  };
}

function textsOf(query: object = {}): Record<string, string> {
  const entries = Object.entries(query).map(([name, value]) => [name, String(value)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

function moneyText(amount: number, { currency, locale }: { currency: string; locale: string }): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
