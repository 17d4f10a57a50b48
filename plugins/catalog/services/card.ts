import type { Picture, Product, ProductCard, ProductTexts } from 'kontor/sdk';
import { fold } from './texts.ts';

/** What a card's row holds as one piece; the rest are its columns. */
export type Card = Pick<
  ProductCard,
  'handle' | 'title' | 'picture' | 'secondPicture' | 'compareAtAmount' | 'variantIds' | 'options'
>;
/** The words of a card in one language. */
export type CardTexts = Pick<ProductTexts, 'title' | 'handle' | 'options'>;

export type CardRow = {
  product_id: number;
  kind: string;
  tax_class: string;
  vendor: string;
  type: string;
  title_key: string;
  min_amount: number;
  max_amount: number;
  card: Card;
  texts: Record<string, CardTexts>;
};

/** What lists show and sort by, made ready when a product changes. */
export function cardOf(product: Omit<Product, 'collectionIds'>): CardRow {
  const amounts = product.variants.map(({ amount }) => amount);
  const minAmount = Math.min(...amounts);
  const cheapest = product.variants.filter(({ amount }) => amount === minAmount);
  const compareAt = Math.max(0, ...cheapest.map(({ compareAtAmount }) => compareAtAmount ?? 0));
  return {
    product_id: product.id,
    kind: product.kind,
    tax_class: product.taxClass,
    vendor: product.vendor,
    type: product.type,
    title_key: fold(product.title),
    min_amount: minAmount,
    max_amount: Math.max(...amounts),
    card: {
      handle: product.handle,
      title: product.title,
      picture: pictureAt(product, 0),
      secondPicture: pictureAt(product, 1),
      compareAtAmount: compareAt > minAmount ? compareAt : null,
      variantIds: product.variants.map(({ id }) => id),
      options: product.options,
    },
    texts: Object.fromEntries(
      Object.entries(product.translations)
        .filter(([, { title, handle, options }]) => title || handle || options)
        .map(([locale, { title, handle, options }]) => [locale, { title, handle, options }]),
    ),
  };
}

function pictureAt({ pictures }: Pick<Product, 'pictures'>, place: number): Picture | null {
  return pictures[place] ?? null;
}
