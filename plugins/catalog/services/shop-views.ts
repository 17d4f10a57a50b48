import type { Id, Product, ProductCard } from 'kontor/sdk';

/** A card as a visitor may see it. */
export function shopCard(card: ProductCard, more: { currency: string; isAvailable: boolean }) {
  const { id, handle, title, vendor, type, picture, secondPicture, minAmount, maxAmount } = card;
  const { compareAtAmount, variantIds, options, createdAt } = card;
  return {
    id,
    handle,
    title,
    vendor,
    type,
    picture,
    secondPicture,
    minAmount,
    maxAmount,
    compareAtAmount,
    variantIds,
    options,
    createdAt,
    ...more,
  };
}

/** A product as a visitor may see it: not what it cost the merchant, nor prices of groups. */
export function shopProduct(
  product: Product,
  { currency, isAvailable }: { currency: string; isAvailable: (variantId: Id) => boolean },
) {
  const { id, handle, kind, title, description, vendor, type, tags, seo, safety, options } = product;
  const { pictures, createdAt, updatedAt } = product;
  const variants = product.variants.map(({ costAmount: _cost, prices, ...variant }) => ({
    ...variant,
    currency,
    prices: prices.filter(({ group }) => group === ''),
    isAvailable: isAvailable(variant.id),
  }));
  return {
    id,
    handle,
    kind,
    title,
    description,
    vendor,
    type,
    tags,
    seo,
    safety,
    options,
    variants,
    pictures,
    isAvailable: variants.some((variant) => variant.isAvailable),
    createdAt,
    updatedAt,
  };
}
