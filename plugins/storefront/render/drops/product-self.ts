import type { LiquidDrop, Product, ProductCard, Variant } from 'kontor/sdk';
import { idKey } from '../data/wants.ts';
import type { Page } from '../page.ts';

/** A product of a list has its card; the rest of it is loaded when a template asks for more. */
export type ProductSelf = {
  readonly page: Page;
  readonly id: number;
  readonly card: ProductCard | undefined;
  readonly product: Product | undefined;
  /** Chosen by the address, when it is the product of the page. */
  readonly chosen: number | undefined;
  /** The page's own: its address tells whether something was chosen. */
  readonly isSubject: boolean;
  /** Handle of the collection it was found in. */
  readonly within: string | undefined;
  /** Makes the product of it, for what belongs to it. */
  readonly drop: (self: ProductSelf) => LiquidDrop;
};

export function full({ page, product, id }: ProductSelf): Product | undefined {
  return product ?? page.wants.get('productById', idKey(id)) ?? undefined;
}

export function selectedOf(self: ProductSelf, product: Product): Variant {
  const { variants } = product;
  const chosen = self.chosen === undefined ? undefined : variants.find(({ id }) => id === self.chosen);
  return chosen ?? variants.find(({ id }) => isAvailable(self.page, id)) ?? variants[0]!;
}

/** What a product without options calls its only variant. */
export const DEFAULT = 'Default Title';
export const RULE = { min: 1, max: null, increment: 1 };

export const titleOf = ({ title, options }: Variant): string => title || options.join(' / ') || DEFAULT;

/** Whether it can be had: it is not counted, there is some, or more will be made. Undefined while that is not known. */
export function isAvailable({ wants }: Page, variantId: number): boolean {
  const level = wants.get('level', idKey(variantId));
  return !level?.isTracked || level.isBackOrderAllowed || level.available > 0;
}
