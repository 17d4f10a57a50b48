import { hash } from 'node:crypto';
import type { Cradle, RouteRequest, StoreRef } from 'kontor/sdk';

type Needs = Pick<Cradle, 'i18n' | 'settings' | 'carts'>;
type Settings = { headline: string; introduction: string; accent: string };

/** What every page knows: whose it is, for whom, and in which words. */
export type Frame = Awaited<ReturnType<typeof frameOf>>;

const CART = 'kontor_cart';

export async function frameOf(request: RouteRequest<unknown, unknown, unknown>, services: Needs) {
  const { store, cookies } = request;
  const { i18n, settings, carts } = services;
  const locale = spoken(store, cookies.locale) ?? request.locale;
  const token = cookies[CART];
  const cart = token === undefined ? undefined : await carts.byToken(token, { locale });
  return {
    store,
    locale,
    cart,
    settings: await settings.get<Settings>(),
    say: (key: string, values?: Record<string, string | number>) => i18n.text(key, values, locale),
    /** @param amount - minor units */
    money: (amount: number, currency = store.currency) => moneyText(amount, { currency, locale }),
  };
}

/** The visitor's cart, made when there is none yet. */
export async function cartToken(
  { cookies, reply, store }: Pick<RouteRequest, 'cookies' | 'reply' | 'store'>,
  { carts }: Pick<Cradle, 'carts'>,
): Promise<string> {
  const known = cookies[CART];
  if (known !== undefined && (await carts.byToken(known))) return known;
  const { token } = await carts.create({ currency: store.currency });
  reply.cookie(CART, token, { maxAge: 90 * 86_400 });
  return token;
}

export function knownCart({ cookies }: Pick<RouteRequest, 'cookies'>): string | undefined {
  return cookies[CART];
}

function spoken(store: StoreRef, wanted: string | undefined): string | undefined {
  return wanted !== undefined && store.locales.includes(wanted) ? wanted : undefined;
}

function moneyText(amount: number, { currency, locale }: { currency: string; locale: string }): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** The one piece of style that is the store's own, and its hash for the policy of the page. */
export function colours(accent: string): { css: string; source: string } {
  const css = `:root{--accent:${accent};--on-accent:${isLight(accent) ? '#111' : '#fff'}}`;
  return { css, source: `'sha256-${hash('sha256', css, 'base64')}'` };
}

/** By relative luminance (WCAG 2.1): above 0.179 black stands out more than white. */
function isLight(colour: string): boolean {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue! > 0.179;
}
