import type { Product } from 'kontor/sdk';

/** A product with its texts in a language, where it has any; one that is in that language already stays as it is. */
export function localised(product: Product, locale: string): Product {
  const texts = product.translations[locale] ?? product.translations[locale.split('-')[0]!];
  if (!texts) return product;
  const options = product.options.map(({ name, values }, at) => ({
    name: texts.options?.[at]?.name || name,
    values: values.map((value, place) => texts.options?.[at]?.values[place] || value),
  }));
  return {
    ...product,
    title: texts.title || product.title,
    handle: texts.handle || product.handle,
    description: texts.description || product.description,
    seo: {
      title: texts.seo?.title || product.seo.title,
      description: texts.seo?.description || product.seo.description,
    },
    options,
    variants: product.variants.map((variant) => {
      const values = variant.options.map(
        (value, at) => options[at]?.values[product.options[at]?.values.indexOf(value) ?? -1] ?? value,
      );
      return { ...variant, options: values, title: values.join(' / ') };
    }),
  };
}
