import type { Product, ProductTexts, Variant } from 'kontor/sdk';

type Option = { readonly name: string; readonly values: readonly string[] };

/** A product with its texts in a language, where there are any; `fr` serves `fr-LU` too. */
export function localise(product: Product, locale?: string): Product {
  const texts = textsFor(product.translations, locale);
  if (!texts) return product;
  const options = localisedOptions(product.options, texts.options);
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
    variants: product.variants.map((variant) => localisedVariant(variant, product.options, options)),
  };
}

/** The texts of a language out of all, or of the language without its country. */
export function textsFor<Texts extends object = ProductTexts>(
  all: Readonly<Record<string, Texts>>,
  locale?: string,
): Texts | undefined {
  return locale === undefined ? undefined : (all[locale] ?? all[locale.split('-')[0]!]);
}

/** Names and values in a language, place by place; what has no words there keeps its own. */
export function localisedOptions(
  options: readonly Option[],
  texts: ProductTexts['options'] | undefined,
): Option[] {
  return options.map(({ name, values }, at) => ({
    name: texts?.[at]?.name || name,
    values: values.map((value, place) => texts?.[at]?.values[place] || value),
  }));
}

/** The values of a variant in a language. */
export function localisedValues(
  values: readonly string[],
  options: readonly Option[],
  localised: readonly Option[],
): string[] {
  return values.map((value, at) => localised[at]?.values[options[at]?.values.indexOf(value) ?? -1] ?? value);
}

/** What tells a variant from the others of its product; empty where there are none. */
export function variantTitle(values: readonly string[]): string {
  return values.join(' / ');
}

function localisedVariant(
  variant: Variant,
  options: readonly Option[],
  localised: readonly Option[],
): Variant {
  const values = localisedValues(variant.options, options, localised);
  return { ...variant, options: values, title: variantTitle(values) };
}
