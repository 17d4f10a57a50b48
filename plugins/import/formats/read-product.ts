import type { ProductInput, ProductTexts, VariantInput } from 'kontor/sdk';
import { amountOf, BadCell, jsonOf, listOf, oneOf, plainCell, timeOf, wholeOf, yesNoOf } from './cells.ts';
import type { Columns, Field, Spoken } from './fields.ts';
import { pricesOf, unitOf } from './variant-cells.ts';

/** A row of the file, with its number as a spreadsheet shows it: the heading is row 1. */
export type Row = { readonly row: number; readonly cells: readonly string[] };
/** What was wrong with a row, for the merchant. */
export type Fault = {
  readonly row: number;
  readonly field: string;
  readonly code: string;
  readonly message: string;
  readonly value: string;
};
export type PictureWish = { readonly url: string; readonly alt: string; readonly row: number };
export type StockWish = {
  readonly isTracked: boolean;
  readonly onHand: number | undefined;
  readonly isBackOrderAllowed: boolean | undefined;
};
/** One variant as the file has it; `options` tells it apart from the others. */
export type ReadVariant = {
  readonly input: VariantInput;
  readonly options: readonly string[];
  readonly stock: StockWish | undefined;
  readonly pictureUrl: string | undefined;
};
/** One product as the file has it. Fields of columns that the file does not have are not there. */
export type ReadProduct = {
  readonly row: number;
  readonly input: Omit<ProductInput, 'variants' | 'pictureIds'> & { handle: string };
  readonly variants: readonly ReadVariant[];
  /** undefined when the file has no pictures at all. */
  readonly pictures: readonly PictureWish[] | undefined;
};

type Reading = { columns: Columns; digits: number };
const OPTIONS = [1, 2, 3] as const;

/**
 * Reads the rows of one product.
 *
 * @param digits - of the store's currency behind the point
 * @returns the product, or everything that is wrong with its rows
 */
export function readProduct(rows: readonly Row[], reading: Reading): ReadProduct | { faults: Fault[] } {
  const faults: Fault[] = [];
  const first = reader(rows[0]!, reading, faults);
  const product = productFields(first);
  const names = OPTIONS.map((at) => first.text(`option${at}_name`)).filter((name) => name !== undefined);
  const isPlain = names.length === 0 || (names.length === 1 && names[0] === 'Title');
  const options = isPlain ? [] : names;
  const variants = rows.flatMap((row, index) => {
    const cells = reader(row, reading, faults);
    return index === 0 || isVariantRow(cells) ? [variantOf(cells, options.length)] : [];
  });
  const seen = new Set<string>();
  for (const [index, { options: values }] of variants.entries()) {
    const key = values.join(' / ');
    if (seen.has(key)) {
      const row = rows[index]!.row;
      const message = `Expected each variant once, got '${key || 'the plain one'}' twice`;
      faults.push({ row, field: 'option1_value', code: 'variantTwice', message, value: key });
    }
    seen.add(key);
  }
  const pictures = reading.columns.has('picture') ? picturesOf(rows, reading, faults) : undefined;
  if (faults.length > 0) return { faults };
  return {
    row: rows[0]!.row,
    input: {
      ...product,
      ...(reading.columns.has('option1_name') && {
        options: options.map((name, at) => ({ name, values: valuesAt(variants, at) })),
      }),
    },
    variants,
    pictures,
  };
}

type Cells = ReturnType<typeof reader>;

/** Reads cells of one row; what is wrong is noted and the rest is read on. */
function reader({ row, cells }: Row, { columns, digits }: Reading, faults: Fault[]) {
  function text(field: Field | Spoken): string | undefined {
    const cell = cells[columns.get(field) ?? -1]?.trim();
    return cell === undefined || cell === '' ? undefined : plainCell(cell);
  }
  function as<Value>(field: Field | Spoken, read: (text: string) => Value): Value | undefined {
    const value = text(field);
    if (value === undefined) return undefined;
    try {
      return read(value);
    } catch (error) {
      if (!(error instanceof BadCell)) throw error;
      const message = `Expected ${error.message} in ${field}, got '${value.slice(0, 60)}'`;
      faults.push({ row, field, code: 'badCell', message, value: value.slice(0, 200) });
      return undefined;
    }
  }
  return {
    row,
    has: (field: Field | Spoken) => columns.has(field),
    fields: [...columns.keys()],
    text,
    as,
    amount: (field: Field) => as(field, (value) => amountOf(value, digits)),
    need(field: Field): string {
      const value = text(field);
      if (value === undefined) {
        const message = `Expected ${field}, got an empty cell`;
        faults.push({ row, field, code: 'missing', message, value: '' });
      }
      return value ?? '';
    },
  };
}

function productFields(cells: Cells): ReadProduct['input'] {
  const { text, as, has } = cells;
  const kept = <Name extends string, Value>(field: Field, name: Name, value: Value) =>
    (has(field) ? { [name]: value } : {}) as { [Key in Name]?: Value };
  const state = stateOf(cells);
  if (text('gift_card') !== undefined && as('gift_card', yesNoOf)) {
    as('gift_card', () => {
      throw new BadCell('no gift card: they are not products here');
    });
  }
  return {
    handle: cells.need('handle'),
    title: cells.need('title'),
    ...kept('description', 'description', text('description') ?? ''),
    ...kept('vendor', 'vendor', text('vendor') ?? ''),
    ...kept('type', 'type', text('type') ?? ''),
    ...kept('tags', 'tags', as('tags', listOf) ?? []),
    ...(state !== undefined && { state }),
    ...kept(
      'kind',
      'kind',
      as('kind', (word) => oneOf(word, ['physical', 'digital', 'service', 'bundle'])) ?? 'physical',
    ),
    ...kept('publish_at', 'publishAt', as('publish_at', timeOf) ?? null),
    ...kept('unpublish_at', 'unpublishAt', as('unpublish_at', timeOf) ?? null),
    ...taxOf(cells),
    ...((has('seo_title') || has('seo_description')) && {
      seo: { title: text('seo_title') ?? '', description: text('seo_description') ?? '' },
    }),
    ...kept('safety', 'safety', (as('safety', jsonOf) ?? {}) as object),
    ...translationsOf(cells),
  };
}

function stateOf({ as, has }: Cells): ProductInput['state'] {
  if (has('state')) return as('state', (word) => oneOf(word, ['draft', 'active', 'archived'])) ?? 'active';
  if (has('published')) return as('published', yesNoOf) === false ? 'draft' : 'active';
  return undefined;
}

function taxOf({ as, text, has }: Cells): { taxClass?: string } {
  if (has('tax_class')) return { taxClass: text('tax_class') ?? 'standard' };
  if (!has('taxable')) return {};
  return { taxClass: as('taxable', yesNoOf) === false ? 'exempt' : 'standard' };
}

function translationsOf({ fields, text, as }: Cells): { translations?: Record<string, ProductTexts> } {
  const locales = [...new Set(fields.flatMap((field) => field.split('.')[1] ?? []))];
  if (locales.length === 0) return {};
  const translations = locales.map((locale): [string, ProductTexts] => {
    const spoken = <Name extends string>(name: Name, value: unknown) =>
      value === undefined ? {} : { [name]: value };
    const seo = {
      ...spoken('title', text(`seo_title.${locale}`)),
      ...spoken('description', text(`seo_description.${locale}`)),
    };
    return [
      locale,
      {
        ...spoken('title', text(`title.${locale}`)),
        ...spoken('description', text(`description.${locale}`)),
        ...spoken('handle', text(`handle.${locale}`)),
        ...(Object.keys(seo).length > 0 && { seo }),
        ...spoken('options', as(`options.${locale}`, jsonOf)),
      },
    ];
  });
  return {
    translations: Object.fromEntries(translations.filter(([, texts]) => Object.keys(texts).length > 0)),
  };
}

/** A row below the first that only brings a picture along has neither a price nor an option. */
function isVariantRow({ text }: Cells): boolean {
  return text('price') !== undefined || text('option1_value') !== undefined || text('sku') !== undefined;
}

function variantOf(cells: Cells, width: number): ReadVariant {
  const { text, as, amount, has } = cells;
  const price = cells.need('price') === '' ? 0 : (amount('price') ?? 0);
  const kept = <Name extends string, Value>(field: Field, name: Name, value: Value) =>
    (has(field) ? { [name]: value } : {}) as { [Key in Name]?: Value };
  const options = OPTIONS.slice(0, width).map((at) => cells.need(`option${at}_value`));
  return {
    options,
    pictureUrl: text('variant_picture'),
    stock: stockOf(cells),
    input: {
      amount: price,
      options,
      ...kept('sku', 'sku', text('sku') ?? ''),
      ...kept('barcode', 'barcode', text('barcode') ?? ''),
      ...kept('mpn', 'mpn', text('mpn') ?? ''),
      ...kept('compare_at_price', 'compareAtAmount', amount('compare_at_price') ?? null),
      ...kept('cost', 'costAmount', amount('cost') ?? null),
      ...kept('weight_grams', 'weightGrams', Math.round(as('weight_grams', gramsOf) ?? 0)),
      ...kept('requires_shipping', 'requiresShipping', as('requires_shipping', yesNoOf) ?? true),
      ...kept('unit', 'unit', as('unit', unitOf) ?? null),
      ...kept('prices', 'prices', as('prices', pricesOf) ?? []),
    },
  };
}

function gramsOf(text: string): number {
  const grams = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || grams > 10_000_000) throw new BadCell('a weight in grams');
  return grams;
}

/** Shopify's files name who keeps the stock, and nobody where it is not kept. */
function stockOf({ text, as, has }: Cells): StockWish | undefined {
  if (!has('stock')) return undefined;
  const isTracked = has('stock_is_tracked')
    ? (as('stock_is_tracked', yesNoOf) ?? false)
    : has('stock_tracker')
      ? text('stock_tracker') !== undefined
      : text('stock') !== undefined;
  const policy = as('stock_policy', (word) => oneOf(word, ['deny', 'continue']));
  return {
    isTracked,
    // Other systems count what they owe as less than nothing.
    onHand: as('stock', (word) => Math.max(0, wholeOf(word))),
    isBackOrderAllowed: as('may_be_back_ordered', yesNoOf) ?? (policy && policy === 'continue'),
  };
}

function picturesOf(rows: readonly Row[], reading: Reading, faults: Fault[]): PictureWish[] {
  const found = rows.flatMap((row) => {
    const { text, as } = reader(row, reading, faults);
    const own = text('picture');
    const position = as('picture_position', wholeOf) ?? Number.MAX_SAFE_INTEGER;
    const ofVariant = text('variant_picture');
    return [
      ...(own ? [{ url: own, alt: text('picture_alt') ?? '', row: row.row, position }] : []),
      ...(ofVariant ? [{ url: ofVariant, alt: '', row: row.row, position: Number.MAX_SAFE_INTEGER }] : []),
    ];
  });
  const sorted = found.toSorted((a, b) => a.position - b.position); // stable: rows keep their order
  return sorted
    .filter(({ url }, index) => sorted.findIndex((one) => one.url === url) === index)
    .map(({ url, alt, row }) => ({ url, alt, row }));
}

function valuesAt(variants: readonly ReadVariant[], at: number): string[] {
  return [...new Set(variants.map(({ options }) => options[at] ?? ''))];
}
