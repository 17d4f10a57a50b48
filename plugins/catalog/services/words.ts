import type { Product } from 'kontor/sdk';
import { fold, whole } from './texts.ts';

const LONGEST = 40; // letters of a word
const MOST = 4000; // words of a product
const MOST_ASKED = 6;

/** By which words a product is found in a list: those of its titles, SKUs and barcodes. */
export function wordsOf(
  product: Pick<Product, 'title' | 'translations'> & {
    variants: readonly { sku: string; barcode: string }[];
  },
): string[] {
  const titles = [product.title, ...Object.values(product.translations).map(({ title }) => title ?? '')];
  const codes = product.variants.flatMap(({ sku, barcode }) => [sku, barcode]);
  const words = [...titles, ...codes].flatMap(split);
  return [...new Set(words)].slice(0, MOST);
}

/** The words that somebody looks for, each to be found by its beginning. */
export function askedWords(text: string): string[] {
  return [...new Set(split(text))].slice(0, MOST_ASKED);
}

function split(text: string): string[] {
  return (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => whole(word.slice(0, LONGEST)));
}
