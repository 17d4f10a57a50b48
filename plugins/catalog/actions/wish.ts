import type { Id, Product, ProductRefusal, Result } from 'kontor/sdk';
import type { ProductChange, ProductDraft } from './merge-product.ts';

/** One product to make or to change. */
export type Wish = {
  /** Which one is meant; a new one when neither is given. */
  id?: Id;
  /** The same, for a product that is made when there is none. */
  handle?: string;
  /** The one the change was made from; any when left out. */
  version?: number;
  change: ProductChange | ((product: Product) => ProductChange);
};
export type SaveRefusal = ProductRefusal | 'changed';

/** A product on its way: what it was, and what it is to be. */
export type Entry = {
  existing: Product | undefined;
  draft: ProductDraft;
  isChanged: boolean;
  isHandleGiven: boolean;
};
export type Entries = readonly Result<Entry, SaveRefusal>[];

/** Those that are to be written. */
export function changing(entries: Entries): Entry[] {
  return entries.flatMap((entry) => (entry.ok && entry.value.isChanged ? [entry.value] : []));
}
