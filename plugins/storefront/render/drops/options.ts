import type { Product } from 'kontor/sdk';
import { defineDrop, none } from './drop.ts';
import { isAvailable, type ProductSelf, selectedOf } from './product-self.ts';
import { variantOf } from './variant.ts';

type Option = {
  readonly name: string;
  /** From 0. */
  readonly at: number;
  readonly values: readonly string[];
  readonly selected: string | undefined;
  readonly product: Product;
  readonly self: ProductSelf;
};
type OptionValue = { readonly option: Option; readonly value: string; readonly place: number };

const STEP = 10_000; // values of one option

/** The options of a product; one without any has the nameless one that themes know it by. */
export function optionsOf(product: Product, self: ProductSelf): Option[] {
  const chosen = selectedOf(self, product);
  if (product.options.length === 0) {
    return [{ name: 'Title', at: 0, values: ['Default Title'], selected: 'Default Title', product, self }];
  }
  return product.options.map(({ name, values }, at) => ({
    name,
    at,
    values,
    selected: chosen.options[at],
    product,
    self,
  }));
}

export const optionDrop = defineDrop<Option>(
  'product_option',
  {
    name: ({ name }) => name,
    position: ({ at }) => at + 1,
    values: (option) => option.values.map((value, place) => valueDrop({ option, value, place })),
    selected_value: ({ selected }) => selected ?? null,
  },
  { text: ({ name }) => name, json: ({ name, at, values }) => ({ name, position: at + 1, values }) },
);

export const valueDrop = defineDrop<OptionValue>(
  'product_option_value',
  {
    id: ({ option, place }) => valueId(option.at, place),
    name: ({ value }) => value,
    selected: ({ option, value }) => option.selected === value,
    available: ({ option, value }) => {
      const { self } = option;
      const variant = bestWith(option, value);
      // With what is chosen besides, as a picker greys out what is not to be had so.
      return variant !== undefined && isAvailable(self.page, variant.id);
    },
    variant: ({ option, value }) => {
      const variant = bestWith(option, value);
      return variant ? variantOf(option.self, variant) : null;
    },
    product_url: none,
    swatch: none,
  },
  { text: ({ value }) => value, value: ({ value }) => value, json: ({ value }) => value },
);

/** The number of a value, which `option_values=` in an address names. */
export function valueId(at: number, place: number): number {
  return (at + 1) * STEP + place + 1;
}

/** The variant of the values that an address names; undefined when there is none of all of them. */
export function variantOfValues({ options, variants }: Product, ids: readonly number[]): number | undefined {
  const wanted = new Map(ids.map((id) => [Math.floor(id / STEP) - 1, (id % STEP) - 1]));
  const found = variants.find((variant) =>
    options.every((option, at) => {
      const place = wanted.get(at);
      return place === undefined || variant.options[at] === option.values[place];
    }),
  );
  return ids.length > 0 ? found?.id : undefined;
}

/** The variant that a value leads to, the other options staying as they are chosen. */
function bestWith({ product, self, at }: Option, value: string) {
  if (product.options.length === 0) return product.variants[0];
  const chosen = selectedOf(self, product);
  const isOthers = (options: readonly string[]) =>
    options.every((one, place) => place === at || one === chosen.options[place]);
  const having = product.variants.filter(({ options }) => options[at] === value);
  return (
    having.find(({ options }) => isOthers(options)) ?? (product.options.length === 1 ? having[0] : undefined)
  );
}
