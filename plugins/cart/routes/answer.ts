import type { Cart, CartLine, Cradle, Static, StoreRef } from 'kontor/sdk';
import type { CartAnswer } from './shapes.ts';

type Answer = Static<typeof CartAnswer>;

/** A cart as a visitor sees it: nothing of its id, its owner, or what others make of it. */
export function answerOf(cart: Cart): Answer {
  const { version, currency, note, attributes, discountCodes, refusedCodes, totals } = cart;
  const { taxIncluded, subtotal, discount, net, tax, total, taxes } = totals;
  return {
    version,
    currency,
    itemCount: cart.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    lines: cart.lines.map((line) => answerLine(line, totals)),
    note,
    attributes: { ...attributes },
    discountCodes: [...discountCodes],
    refusedCodes: [...refusedCodes],
    discounts: cart.discounts.map(({ key, title }) => {
      const shares = totals.lines.map(({ discounts }) => discounts[key] ?? 0);
      return { key, title, amount: shares.reduce((sum, share) => sum + share, 0) };
    }),
    totals: { taxIncluded, subtotal, discount, net, tax, total, taxes: [...taxes] },
    requiresShipping: cart.requiresShipping,
    weightGrams: cart.weightGrams,
    notices: [...cart.notices],
  };
}

/** What somebody sees who has put nothing into a cart yet; nothing is kept for them. */
export async function emptyAnswer({ tax }: Cradle, { currency }: StoreRef): Promise<Answer> {
  const { taxIncluded } = await tax.settings();
  return {
    version: 0,
    currency,
    itemCount: 0,
    lines: [],
    note: '',
    attributes: {},
    discountCodes: [],
    refusedCodes: [],
    discounts: [],
    totals: { taxIncluded, subtotal: 0, discount: 0, net: 0, tax: 0, total: 0, taxes: [] },
    requiresShipping: false,
    weightGrams: 0,
    notices: [],
  };
}

function answerLine(
  { id, variantId, quantity, properties, variant }: CartLine,
  totals: Cart['totals'],
): Answer['lines'][number] {
  const priced = totals.lines.find(({ key }) => key === String(id));
  return {
    id,
    variantId,
    productId: variant?.productId ?? null,
    handle: variant?.handle ?? null,
    title: variant?.title ?? null,
    variantTitle: variant?.variantTitle ?? '',
    sku: variant?.sku ?? '',
    options: [...(variant?.options ?? [])],
    picture: variant?.picture ?? null,
    properties: { ...properties },
    quantity,
    unitAmount: variant?.unitAmount ?? 0,
    compareAtAmount: variant?.compareAtAmount ?? null,
    subtotal: priced?.subtotal ?? 0,
    discount: priced?.discount ?? 0,
    total: priced ? priced.subtotal - priced.discount : 0,
  };
}
