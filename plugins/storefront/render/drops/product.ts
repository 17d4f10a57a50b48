import type { LiquidDrop, Picture, Product, ProductCard } from 'kontor/sdk';
import type { Page } from '../page.ts';
import { metafieldsDrop } from './metafields.ts';
import { imageOf } from './image.ts';
import { cents } from './money.ts';
import { optionDrop, optionsOf } from './options.ts';
import { defineDrop, type DropFactory, lookupDrop, no, none, nothing, plainDrop, selfOf } from './drop.ts';
import { productJson } from './product-json.ts';
import { full, isAvailable, type ProductSelf, selectedOf } from './product-self.ts';
import { variantOf } from './variant.ts';

export const productDrop: DropFactory<ProductSelf> = defineDrop<ProductSelf>(
  'product',
  {
    id: ({ id }) => id,
    title: (self) => brief(self)?.title,
    handle: (self) => brief(self)?.handle,
    url: (self) => urlOf(self),
    vendor: (self) => brief(self)?.vendor,
    type: (self) => brief(self)?.type,
    price: (self) => price(self, ({ min }) => min),
    price_min: (self) => price(self, ({ min }) => min),
    price_max: (self) => price(self, ({ max }) => max),
    price_varies: (self) => pricesOf(self) && pricesOf(self)!.min !== pricesOf(self)!.max,
    compare_at_price: (self) => price(self, ({ before }) => before),
    compare_at_price_min: (self) => price(self, ({ before }) => before),
    compare_at_price_max: (self) => price(self, ({ beforeMax }) => beforeMax),
    compare_at_price_varies: (self) => pricesOf(self) && pricesOf(self)!.before !== pricesOf(self)!.beforeMax,
    available: (self) => {
      const ids = self.card?.variantIds ?? full(self)?.variants.map(({ id }) => id);
      return ids?.some((id) => isAvailable(self.page, id));
    },
    featured_image: (self) => image(self, firstPicture(self), 1),
    featured_media: (self) => image(self, firstPicture(self), 1),
    description: (self) => full(self)?.description,
    content: (self) => full(self)?.description,
    tags: (self) => full(self)?.tags,
    images: (self) => full(self)?.pictures.map((picture, at) => image(self, picture, at + 1)),
    media: (self) => full(self)?.pictures.map((picture, at) => image(self, picture, at + 1)),
    variants: (self) => full(self)?.variants.map((variant) => variantOf(self, variant)),
    variants_count: (self) => self.card?.variantIds.length ?? full(self)?.variants.length,
    has_only_default_variant: (self) => {
      const found = brief(self);
      return found && found.options.length === 0;
    },
    options: (self) => brief(self)?.options.map(({ name }) => name),
    options_with_values: (self) => {
      const product = full(self);
      return product && optionsOf(product, self).map((option) => optionDrop(option));
    },
    options_by_name: (self) => {
      const product = full(self);
      const all = product && optionsOf(product, self);
      return (
        all &&
        lookupDrop((name) => {
          const option = all.find((one) => one.name.toLowerCase() === name.toLowerCase());
          return option ? optionDrop(option) : null;
        })
      );
    },
    selected_variant: (self) => {
      const product = full(self);
      if (!product) return undefined;
      const chosen = product.variants.find(({ id }) => id === self.chosen);
      return chosen ? variantOf(self, chosen) : null;
    },
    first_available_variant: (self) => {
      const product = full(self);
      if (!product) return undefined;
      const first = product.variants.find(({ id }) => isAvailable(self.page, id));
      return first ? variantOf(self, first) : null;
    },
    selected_or_first_available_variant: (self) => {
      const product = full(self);
      const variant = product && selectedOf(self, product);
      return variant && variantOf(self, variant);
    },
    collections: (self) => {
      const ids = full(self)?.collectionIds;
      const all = self.page.wants.get('collections', 'all');
      const find = self.page.pass.globals.liquidGet('collections') as LiquidDrop;
      return ids && all?.flatMap(({ id, handle }) => (ids.includes(id) ? find.liquidGet(handle) : []));
    },
    metafields: ({ page, id }) => metafieldsDrop(page, `product:${id}`),
    /** Who made it and what to heed, which has to be said before it is bought (regulation (EU) 2023/988, article 19). */
    safety: (self) => {
      const product = full(self);
      return product && plainDrop({ ...product.safety });
    },
    created_at: (self) => (self.card ?? full(self))?.createdAt,
    published_at: (self) => {
      const product = full(self);
      return product && (product.publishAt ?? product.createdAt);
    },
    template_suffix: none,
    category: none,
    'gift_card?': no,
    selling_plan_groups: nothing,
    requires_selling_plan: no,
    selected_selling_plan: none,
    selected_selling_plan_allocation: none,
    selected_or_first_available_selling_plan_allocation: none,
    'quantity_price_breaks_configured?': no,
    object_type: () => 'product',
  },
  { text: (self) => brief(self)?.title ?? '', json: (self) => json(self) },
);

export function productOfCard(page: Page, card: ProductCard, within?: string): LiquidDrop {
  return productDrop({
    page,
    id: card.id,
    card,
    product: undefined,
    chosen: undefined,
    isSubject: false,
    within,
    drop: productDrop,
  });
}

export function productOf(
  page: Page,
  product: Product,
  { chosen, isSubject = false, within }: { chosen?: number; isSubject?: boolean; within?: string } = {},
): LiquidDrop {
  return productDrop({
    page,
    id: product.id,
    card: undefined,
    product,
    chosen,
    isSubject,
    within,
    drop: productDrop,
  });
}

/** The product behind a drop, as far as it is loaded. */
export function productSelf(drop: unknown): ProductSelf | undefined {
  const self = selfOf<Partial<ProductSelf>>(drop);
  return self && 'isSubject' in self ? (self as ProductSelf) : undefined;
}

const brief = (self: ProductSelf): ProductCard | Product | undefined => self.card ?? full(self);

function urlOf(self: ProductSelf): string | undefined {
  const handle = brief(self)?.handle;
  if (handle === undefined) return undefined;
  const address = `/products/${encodeURIComponent(handle)}`;
  return self.within === undefined ? address : `/collections/${encodeURIComponent(self.within)}${address}`;
}

type Prices = { min: number; max: number; before: number | null; beforeMax: number | null };

function pricesOf(self: ProductSelf): Prices | undefined {
  const { card } = self;
  if (card) {
    const { minAmount: min, maxAmount: max, compareAtAmount: before } = card;
    return { min, max, before, beforeMax: before };
  }
  const product = full(self);
  if (!product) return undefined;
  const amounts = product.variants.map(({ amount }) => amount);
  const before = product.variants.flatMap(({ compareAtAmount }) => compareAtAmount ?? []);
  return {
    min: Math.min(...amounts),
    max: Math.max(...amounts),
    before: before.length > 0 ? Math.min(...before) : null,
    beforeMax: before.length > 0 ? Math.max(...before) : null,
  };
}

function price(self: ProductSelf, choose: (prices: Prices) => number | null): number | null | undefined {
  const prices = pricesOf(self);
  const amount = prices && choose(prices);
  return typeof amount === 'number' ? cents(amount, self.page.store.currency) : amount;
}

const firstPicture = (self: ProductSelf): Picture | null | undefined =>
  self.card ? self.card.picture : full(self)?.pictures[0];

function image(self: ProductSelf, picture: Picture | null | undefined, position: number): LiquidDrop | null {
  const variants = self.product?.variants ?? [];
  return imageOf(picture, {
    locale: self.page.locale,
    fallback: brief(self)?.title ?? '',
    position,
    productId: self.id,
    variantIds: variants.flatMap(({ id, pictureId }) => (pictureId === picture?.mediaId ? id : [])),
  });
}

function json(self: ProductSelf): object | null {
  const product = full(self);
  return product ? productJson(product, self.page) : null;
}
