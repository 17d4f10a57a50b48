import type { CheckoutState, Cradle, RouteRequest } from 'kontor/sdk';
import { speechOf } from '../pages/speech.ts';
import { type CheckoutView, type Frame, NOTHING_SENT, openStep, type Sent } from '../pages/view.ts';
import { COUNTRIES } from '../pages/countries.ts';
import { checkoutsOf } from '../services/checkouts.ts';
import { checkoutSettings } from '../services/settings.ts';

type Asking = Pick<RouteRequest, 'locale' | 'store'>;

/** The language of a page: the one that was asked for, else the one chosen before, else the browser's. */
export function localeOf({ locale, store }: Asking, ...wanted: (string | undefined)[]): string {
  return wanted.find((one) => one !== undefined && store.locales.includes(one)) ?? locale;
}

export async function frameOf(
  { store }: Asking,
  services: Cradle,
  { locale, path }: { locale: string; path: string },
): Promise<Frame> {
  return { speech: speechOf(services, locale), store, settings: await checkoutSettings(services), path };
}

/** All that the page of the checkout shows. */
export async function viewOf(
  request: Asking,
  services: Cradle,
  input: { state: CheckoutState; locale: string; wanted?: string | undefined; sent?: Sent },
): Promise<CheckoutView> {
  const { state, locale, wanted, sent = NOTHING_SENT } = input;
  const { customerBook, shipping, stores, tax } = services;
  const actor = stores.actor();
  const isSignedIn = actor.kind === 'customer';
  const [frame, countries, savedAddresses, row, sells] = await Promise.all([
    frameOf(request, services, { locale, path: '/checkout' }),
    state.cart.requiresShipping ? shipping.countries() : COUNTRIES,
    isSignedIn ? customerBook.addresses(actor.customerId) : [],
    checkoutsOf(services).find(state.cart.id),
    tax?.settings(),
  ]);
  return {
    ...frame,
    state,
    step: openStep(state, wanted),
    sent,
    countries,
    homeCountry: sells?.country,
    isBillSame: row?.isBillSame ?? true,
    savedAddresses,
    isSignedIn,
  };
}
