import {
  type Checkout,
  type CheckoutRefusal,
  type CheckoutState,
  type Cradle,
  ok,
  type PostalAddress,
  refused,
  type Result,
} from 'kontor/sdk';
import { checkoutsOf, type Said } from '../services/checkouts.ts';
import { ownCart } from '../services/find-cart.ts';
import { quoteRates } from '../services/price-cart.ts';
import { checkoutSettings } from '../services/settings.ts';
import { describeCheckout } from './read-state.ts';

type Change = Parameters<Checkout['update']>[1];

/** Keeps what the buyer said of themselves, the address and the rate; everything is judged before anything is kept. */
export async function updateCheckout(
  services: Cradle,
  token: string,
  change: Change,
): Promise<Result<CheckoutState, CheckoutRefusal>> {
  const { carts, stores } = services;
  const locale = change.locale;
  const cart = await ownCart(services, { token, locale });
  if (!cart) return refused('noCart');
  const email = change.email?.trim();
  if (email !== undefined && !isEmail(email)) return refused('badEmail');
  const said: Said = {
    ...(email !== undefined && { email }),
    ...(change.shipTo && { shipTo: tidyAddress(change.shipTo) }),
    ...(change.billTo === 'same' && { isBillSame: true }),
    ...(change.billTo &&
      change.billTo !== 'same' && { billTo: tidyAddress(change.billTo), isBillSame: false }),
    ...(change.rateCode !== undefined && { rateCode: change.rateCode }),
    ...(change.acceptsMarketing !== undefined && { acceptsMarketing: change.acceptsMarketing }),
    ...(locale && { locale }),
  };
  const fault = await faultOf(services, said, locale);
  if (fault) return fault;

  const checkouts = checkoutsOf(services);
  if (said.rateCode) {
    const known = await checkouts.find(cart.id);
    const rates = await quoteRates(services, { cart, shipTo: said.shipTo ?? known?.shipTo ?? null });
    if (!rates.some(({ code }) => code === said.rateCode)) {
      return refused('unknownRate', { rates: rates.map(({ code }) => code) });
    }
  }
  if (change.note !== undefined && change.note !== cart.note) {
    const noted = await carts.update(token, { note: change.note });
    if (!noted.ok) return refused('ordered');
  }
  const house = stores.current().locale;
  const row = await checkouts.keep({ cartId: cart.id, token, locale: locale ?? house, said });
  return ok(await describeCheckout(services, { cart, row, locale }));
}

/** One @, something on both sides, a dot behind it: whether it is somebody's, only a mail can tell. */
function isEmail(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\.]{2,}$/.test(text)
  );
}

/** Without blanks around, and without what is empty. */
function tidyAddress(address: PostalAddress): PostalAddress {
  const filled = Object.entries(address).flatMap(([field, text]) => {
    const tidy = String(text ?? '').trim();
    const isNeeded = ['firstName', 'lastName', 'line1', 'postalCode', 'city', 'country'].includes(field);
    return tidy !== '' || isNeeded ? [[field, field === 'country' ? tidy.toUpperCase() : tidy]] : [];
  });
  return Object.fromEntries(filled) as PostalAddress;
}

async function faultOf(services: Cradle, { shipTo, billTo }: Said, locale: string | undefined) {
  const { customerBook, shipping } = services;
  const { phone, company } = await checkoutSettings(services);
  for (const [field, address] of Object.entries({ shipTo, billTo })) {
    if (!address) continue;
    const faults: Record<string, string> = { ...customerBook.addressFaults(address, locale) };
    if (phone === 'required' && field === 'shipTo' && !address.phone) faults.phone ??= 'missing';
    if (company === 'required' && !address.company) faults.company ??= 'missing';
    if (Object.keys(faults).length > 0) return refused('badAddress', { field, faults });
  }
  if (!shipTo) return undefined;
  const countries = await shipping.countries();
  return countries.includes(shipTo.country)
    ? undefined
    : refused('noDelivery', { country: shipTo.country, countries });
}
