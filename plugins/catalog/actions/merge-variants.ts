import {
  type Id,
  type Product,
  type ProductRefusal,
  ok,
  refused,
  type Result,
  type Variant,
  type VariantInput,
} from 'kontor/sdk';
import { gtin } from '../services/barcode.ts';
import { variantTitle } from '../services/localise.ts';
import { line } from '../services/texts.ts';

export const MOST_VARIANTS = 2000;
const MOST_OPTIONS = 3;

/** A variant before it is stored: `id` 0 until it has one. */
export type VariantDraft = Variant;
type Options = Product['options'];
type Merged = { options: Options; variants: VariantDraft[] };

/**
 * The variants and options that a change makes of those there are.
 *
 * Each variant that is given is an earlier one, by id, else by the same values, else by the same SKU, or a new one. Fields
 * left out stay.
 */
export function mergeVariants(input: {
  existing: Pick<Product, 'options' | 'variants'> | undefined;
  options: readonly { name: string; values?: readonly string[] }[] | undefined;
  variants: readonly VariantInput[] | undefined;
  /** False for what nobody sends. */
  isShipped: boolean;
  pictureIds: readonly Id[];
  /** Whether the tier has more than one variant a product. */
  allowsSeveral: boolean;
  currency: string;
}): Result<Merged, ProductRefusal> {
  const { existing, pictureIds } = input;
  const names = (input.options ?? existing?.options ?? []).map(({ name }) => line(name));
  const given = input.variants ?? existing?.variants ?? [{ amount: 0 }];
  const before = existing?.variants ?? [];
  const most = input.allowsSeveral ? MOST_VARIANTS : Math.max(1, before.length);
  if (given.length > most) return refused('tooManyVariants', { max: most });
  if (!areGoodNames(names) || given.length === 0) return refused('badOptions', { options: names });

  const find = finder(before);
  const variants: VariantDraft[] = [];
  for (const [at, variant] of given.entries()) {
    const known = find(variant);
    if (variant.id !== undefined && !known) return refused('notFound', { variantId: variant.id });
    const draft = draftOf({
      variant,
      known,
      isShipped: input.isShipped,
      position: at + 1,
      currency: input.currency,
    });
    if (draft.barcode !== '') {
      const barcode = gtin(draft.barcode);
      if (barcode === undefined) return refused('badBarcode', { barcode: draft.barcode, variant: at + 1 });
      draft.barcode = barcode;
    }
    if (draft.pictureId !== null && !pictureIds.includes(draft.pictureId)) {
      if (variant.pictureId && input.variants) return refused('unknownPicture', { mediaId: draft.pictureId });
      draft.pictureId = null;
    }
    variants.push(draft);
  }
  const fault = combinationFault(names, variants) ?? skuFault(variants);
  return (
    fault ?? ok({ options: optionsOf(names, input.options ?? existing?.options ?? [], variants), variants })
  );
}

function areGoodNames(names: readonly string[]): boolean {
  return (
    names.length <= MOST_OPTIONS && new Set(names).size === names.length && names.every((name) => name !== '')
  );
}

/** Finds the earlier variant that one given is; each once. */
function finder(before: readonly Variant[]): (variant: VariantInput) => Variant | undefined {
  const byId = new Map(before.map((variant) => [variant.id, variant]));
  const byValues = new Map(before.map((variant) => [JSON.stringify(variant.options), variant]));
  const bySku = new Map(before.filter(({ sku }) => sku !== '').map((variant) => [variant.sku, variant]));
  const taken = new Set<Id>();
  return ({ id, options, sku }) => {
    const known =
      id !== undefined
        ? byId.get(id)
        : (byValues.get(JSON.stringify((options ?? []).map(line))) ?? bySku.get(line(sku ?? '')));
    if (!known || taken.has(known.id)) return undefined;
    taken.add(known.id);
    return known;
  };
}

type Draft = { -readonly [Name in keyof Variant]: Variant[Name] };

function draftOf({
  variant,
  known,
  isShipped,
  position,
  currency,
}: {
  variant: VariantInput;
  known: Variant | undefined;
  isShipped: boolean;
  position: number;
  currency: string;
}): Draft {
  const options = (variant.options ?? known?.options ?? []).map(line);
  const compareAt = variant.compareAtAmount === undefined ? known?.compareAtAmount : variant.compareAtAmount;
  const cost = variant.costAmount === undefined ? known?.costAmount : variant.costAmount;
  const pictureId = variant.pictureId === undefined ? known?.pictureId : variant.pictureId;
  const unit = variant.unit === undefined ? known?.unit : variant.unit;
  return {
    id: known?.id ?? 0,
    title: variantTitle(options),
    options,
    sku: line(variant.sku ?? known?.sku ?? ''),
    barcode: line(variant.barcode ?? known?.barcode ?? ''),
    mpn: line(variant.mpn ?? known?.mpn ?? ''),
    amount: variant.amount,
    compareAtAmount: compareAt ?? null,
    costAmount: cost ?? null,
    weightGrams: variant.weightGrams ?? known?.weightGrams ?? 0,
    requiresShipping: variant.requiresShipping ?? known?.requiresShipping ?? isShipped,
    pictureId: pictureId ?? null,
    unit: unit ?? null,
    position,
    prices: tidyPrices(variant.prices ?? known?.prices ?? [], currency),
  };
}

/** One for each currency, group and quantity; the plain price is none of them. */
function tidyPrices(prices: Variant['prices'], currency: string): Variant['prices'] {
  const known = new Map(
    prices.map(({ currency, group, minQuantity, amount, compareAtAmount }) => [
      `${currency} ${line(group)} ${String(minQuantity).padStart(9, '0')}`,
      { currency, group: line(group), minQuantity, amount, compareAtAmount },
    ]),
  );
  known.delete(`${currency}  000000001`);
  return [...known].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, price]) => price);
}

function combinationFault(names: readonly string[], variants: readonly VariantDraft[]) {
  const seen = new Set<string>();
  for (const { options } of variants) {
    const values = JSON.stringify(options);
    const isBad = options.length !== names.length || options.includes('') || seen.has(values);
    if (isBad) return refused('badOptions', { options: names, values: options });
    seen.add(values);
  }
  return undefined;
}

function skuFault(variants: readonly VariantDraft[]) {
  const skus = variants.map(({ sku }) => sku).filter((sku) => sku !== '');
  const twice = skus.find((sku, at) => skus.indexOf(sku) !== at);
  return twice === undefined ? undefined : refused('skuTaken', { sku: twice });
}

/** Each option with the values its variants have: those in a given order first, then as they come. */
function optionsOf(
  names: readonly string[],
  given: readonly { values?: readonly string[] }[],
  variants: readonly VariantDraft[],
): Options {
  return names.map((name, at) => {
    const used = new Set(variants.map(({ options }) => options[at]!));
    const wanted = (given[at]?.values ?? []).map(line).filter((value) => used.has(value));
    return { name, values: [...new Set([...wanted, ...used])] };
  });
}
