import type { CardQuery, Product, ProductState, Variant, VariantInput } from 'kontor/sdk';
import type { ProductChange } from '../actions/merge-product.ts';
import { fold } from './texts.ts';

/** What is done to each of many products. */
export type BulkChange = {
  addTags?: readonly string[];
  removeTags?: readonly string[];
  state?: ProductState;
  vendor?: string;
  type?: string;
  price?: PriceChange;
};

/** By basis points (-1000 is a tenth less), for every price; or by minor units, for those in the store's currency. */
export type PriceChange = ({ bps: number } | { amount: number }) & {
  /** What it cost until now is shown beside, crossed out. */
  showsOldPrice?: boolean;
};

/** Which products are meant. */
export type BulkQuery = Pick<
  CardQuery,
  'ids' | 'collectionId' | 'state' | 'vendor' | 'type' | 'tag' | 'minAmount' | 'maxAmount' | 'text'
>;

const WHOLE = 10_000; // basis points

/** What a bulk change makes of one product. */
export function changeOf(product: Product, change: BulkChange, currency: string): ProductChange {
  const { addTags, removeTags, price, ...fields } = change;
  return {
    ...fields,
    ...(addTags || removeTags ? { tags: changedTags(product.tags, { addTags, removeTags }) } : {}),
    ...(price ? { variants: product.variants.map((variant) => repriced(variant, price, currency)) } : {}),
  };
}

function changedTags(
  tags: readonly string[],
  { addTags = [], removeTags = [] }: Pick<BulkChange, 'addTags' | 'removeTags'>,
): string[] {
  const gone = new Set(removeTags.map((tag) => fold(tag.trim())));
  return [...tags.filter((tag) => !gone.has(fold(tag))), ...addTags];
}

function repriced(variant: Variant, change: PriceChange, currency: string): VariantInput {
  const { title: _title, position: _position, ...fields } = variant;
  const amount = changedAmount(variant.amount, change);
  return {
    ...fields,
    amount,
    ...(change.showsOldPrice ? { compareAtAmount: amount < variant.amount ? variant.amount : null } : {}),
    prices: variant.prices.map((price) =>
      'bps' in change || price.currency === currency
        ? { ...price, amount: changedAmount(price.amount, change) }
        : price,
    ),
  };
}

/** Half a unit and more goes up; nothing costs less than nothing. */
export function changedAmount(amount: number, change: PriceChange): number {
  if ('amount' in change) return Math.max(0, amount + change.amount);
  const parts = BigInt(amount) * BigInt(WHOLE + change.bps) + BigInt(WHOLE / 2);
  return Math.max(0, Number(parts / BigInt(WHOLE)));
}
