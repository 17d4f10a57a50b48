import type { Id, Product, ProductInput, Variant, VariantInput } from 'kontor/sdk';
import type { ReadProduct } from '../formats/read-product.ts';

type Wanted = ProductInput & { handle: string };

/**
 * What a product of a file means for the catalogue: variants are known by their options, and what the file does not name
 * stays.
 *
 * @param pictureIds - of the pictures that are here already, in order; undefined leaves the product's own
 */
export function wantedOf(
  read: ReadProduct,
  known: Product | undefined,
  pictures: { ids: readonly Id[] | undefined; ofUrl: ReadonlyMap<string, Id> },
): Wanted {
  const variants = read.variants.map(({ input, options, pictureUrl }): VariantInput => {
    const same = known?.variants.find((one) => keyOf(one.options) === keyOf(options));
    const pictureId = pictureUrl === undefined ? undefined : pictures.ofUrl.get(pictureUrl);
    return { ...input, ...(same && { id: same.id }), ...(pictureId !== undefined && { pictureId }) };
  });
  return { ...read.input, variants, ...(pictures.ids && { pictureIds: pictures.ids }) };
}

/** Whether the catalogue says all that already. */
export function isSame(wanted: Wanted, known: Product): boolean {
  const { variants = [], pictureIds, translations, options, ...plain } = wanted;
  if (variants.length !== known.variants.length) return false;
  if (!variants.every((variant, index) => isSameVariant(variant, known.variants[index]!))) return false;
  if (
    pictureIds &&
    !isEqual(
      pictureIds,
      known.pictures.map(({ mediaId }) => mediaId),
    )
  )
    return false;
  if (options && !isEqual(options, known.options)) return false;
  if (
    translations &&
    !Object.entries(translations).every(([locale, texts]) => covers(known.translations[locale], texts))
  )
    return false;
  return covers(known, plain);
}

/** A product as `update` would make it again: what undoing goes back to. */
export function asInput(product: Product): Wanted {
  const {
    variants,
    pictures,
    version: _,
    id: _id,
    collectionIds: _c,
    createdAt: _a,
    updatedAt: _u,
    ...plain
  } = product;
  return {
    ...plain,
    pictureIds: pictures.map(({ mediaId }) => mediaId),
    variants: variants.map(({ title: _t, position: _p, ...variant }) => variant),
  };
}

export function keyOf(options: readonly string[]): string {
  return options.join('\u0000');
}

function isSameVariant({ id, ...wanted }: VariantInput, known: Variant): boolean {
  return id === known.id && covers(known, wanted);
}

/** Whether everything that is wanted is there. */
function covers(known: object | undefined, wanted: object): boolean {
  return Object.entries(wanted).every(([name, value]) => {
    const there = (known as Record<string, unknown> | undefined)?.[name];
    return value === undefined || isEqual(value, there);
  });
}

function isEqual(left: unknown, right: unknown): boolean {
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
}

function sorted(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, sorted(one)]),
  );
}
