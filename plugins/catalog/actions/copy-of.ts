import type { Product, ProductInput } from 'kontor/sdk';

/** A draft like a product. What tells it from others (address, SKU, barcode) it does not get. */
export function copyOf(product: Product, title: string): ProductInput {
  const { kind, description, vendor, type, tags, taxClass, seo, safety, options, variants } = product;
  return {
    title,
    kind,
    description,
    vendor,
    type,
    tags,
    taxClass,
    seo,
    safety,
    options,
    state: 'draft',
    variants: variants.map(
      ({ id: _id, sku: _sku, barcode: _barcode, title: _title, position: _at, ...others }) => others,
    ),
    pictureIds: product.pictures.map(({ mediaId }) => mediaId),
    translations: Object.fromEntries(
      Object.entries(product.translations).map(([locale, { handle: _, title: _t, ...texts }]) => [
        locale,
        texts,
      ]),
    ),
  };
}
