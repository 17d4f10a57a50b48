import type { Cart, CartAdjustments, CartLine, Cradle, Id, SellableVariant, StockLevel } from 'kontor/sdk';
import { piecesOf } from './lines.ts';
import type { Row } from './rows.ts';
import { createTotalsInput } from './totals-input.ts';

type Needs = Pick<Cradle, 'catalog' | 'hooks' | 'inventory' | 'log' | 'tax' | 'totals'>;
export type Sellable = ReadonlyMap<Id, SellableVariant>;
export type Levels = ReadonlyMap<Id, StockLevel>;

/** A cart as it is kept, as a cart that is sold now. */
export function createPrice(services: Needs) {
  const { catalog, hooks, log, totals } = services;
  const totalsInput = createTotalsInput(services);

  /** One statement. The price of a quantity counts all pieces of the variant, however they are spread over lines. */
  async function sellable(
    row: Pick<Row, 'lines' | 'currency' | 'group'>,
    locale?: string,
  ): Promise<Sellable> {
    const lines = [...piecesOf(row.lines)].map(([variantId, quantity]) => ({ variantId, quantity }));
    const { currency, group } = row;
    const found = await catalog.sellable({ lines, currency, group, ...(locale && { locale }) });
    return new Map(found.map((variant) => [variant.variantId, variant]));
  }

  /**
   * One statement; nothing is known, and everything can be sold, while nobody keeps stock. What a payment of this very cart
   * holds is the buyer's own.
   */
  async function levels({ id, lines }: Pick<Row, 'lines'> & { id?: Id }): Promise<Levels> {
    const ids = [...piecesOf(lines).keys()];
    const { inventory }: Partial<Needs> = services; // asked anew, for it may be off in this store
    if (ids.length === 0 || !inventory) return new Map();
    return inventory.levels(ids, id === undefined ? {} : { heldBy: `cart:${id}` });
  }

  /** What plugins take off. One that names what is not there would make no total at all, so it is left out. */
  async function adjust(cart: CartAdjustments['cart']) {
    const asked: CartAdjustments = { cart, discounts: [], refusedCodes: [] };
    const { value, steps } = await hooks.trace(() => hooks.filter('cart.adjustments', asked));
    const keys = new Set(cart.lines.map(({ key }) => key));
    const taken = new Set<string>();
    const discounts = value.discounts.filter(({ key, lines = [] }) => {
      const isRight = !taken.has(key) && lines.every((line) => keys.has(line));
      if (!isRight)
        log.warn(
          { discount: key, cartId: cart.id },
          'a discount names a line that is not there, or another’s key',
        );
      taken.add(key);
      return isRight;
    });
    return { discounts, refusedCodes: value.refusedCodes, trace: steps };
  }

  /** All of a cart, from what was read already. */
  async function cartOf(row: Row, known: { sellable: Sellable; levels?: Levels }): Promise<Cart> {
    const { nextLine: _, ...kept } = row;
    const lines = row.lines.map(
      (line): CartLine => ({ ...line, variant: forSale(known.sellable, line.variantId) }),
    );
    const sold = lines.flatMap(({ variant, ...line }) => (variant ? [{ ...line, variant }] : []));
    const asked = sold.map(({ id, quantity, variant: { variantId, productId, unitAmount } }) => {
      return { key: String(id), variantId, productId, quantity, unitAmount };
    });
    const { id, currency, customerId, discountCodes: codes } = row;
    const cart = {
      ...kept,
      ...(await adjust({ id, currency, customerId, codes, lines: asked })),
      lines,
      requiresShipping: sold.some(({ variant }) => variant.requiresShipping),
      weightGrams: sold.reduce((sum, { quantity, variant }) => sum + quantity * variant.weightGrams, 0),
      notices: noticesOf(lines, known.levels),
    };
    return { ...cart, totals: totals.calculate(await totalsInput(cart)) };
  }

  return {
    cartOf,
    levels,
    sellable,
    totalsInput,
    /** As it is for sale now and in stock. */
    look: async (row: Row, locale?: string): Promise<Cart> =>
      cartOf(row, { sellable: await sellable(row, locale), levels: await levels(row) }),
    /** One that was ordered: what it cost stands with the order. */
    unpriced: async (row: Row): Promise<Cart> => ({
      ...(await cartOf(row, { sellable: new Map() })),
      notices: [],
    }),
  };
}

export function forSale(sellable: Sellable, variantId: Id): SellableVariant | null {
  const variant = sellable.get(variantId);
  return variant?.isForSale ? variant : null;
}

/** What may be bought of a variant at most. */
export function availableOf(levels: Levels, variantId: Id): number {
  const level = levels.get(variantId);
  return level?.isTracked && !level.isBackOrderAllowed
    ? Math.max(0, level.available)
    : Number.POSITIVE_INFINITY;
}

function noticesOf(lines: readonly CartLine[], levels: Levels = new Map()): Cart['notices'] {
  const gone = lines.filter(({ variant }) => !variant).map(({ variantId }) => variantId);
  const sold = lines.filter(({ variant }) => variant);
  const short = [...piecesOf(sold)].filter(([id, pieces]) => pieces > availableOf(levels, id));
  return [
    ...[...new Set(gone)].map((variantId) => ({ code: 'gone' as const, variantId })),
    ...short.map(([variantId]) => ({
      code: 'lowered' as const,
      variantId,
      available: availableOf(levels, variantId),
    })),
  ];
}
