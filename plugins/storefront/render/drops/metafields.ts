import type { Json, LiquidDrop, Metafield, Metaobject } from 'kontor/sdk';
import type { Page } from '../page.ts';
import { defineDrop, lookupDrop, plainDrop } from './drop.ts';

type Field = { readonly page: Page; readonly field: Metafield };

/** `product.metafields.reviews.rating`; what an owner has is loaded when a template first asks. */
export function metafieldsDrop(page: Page, owner: string): LiquidDrop {
  return lookupDrop((namespace) =>
    lookupDrop((key) => {
      const all = page.wants.get('metafields', owner);
      const field = all?.find((one) => one.namespace === namespace && one.key === key);
      return field ? metafieldDrop({ page, field }) : all && null;
    }),
  );
}

export const metafieldDrop = defineDrop<Field>(
  'metafield',
  {
    value: ({ page, field }) => readValue(page, field.type, field.value),
    type: ({ field }) => field.type,
    'list?': ({ field }) => field.type.startsWith('list.'),
  },
  {
    text: ({ field }) => (typeof field.value === 'object' ? '' : String(field.value)),
    json: ({ field }) => field.value,
  },
);

/** A value as its type says: what points at something is that. */
function readValue(page: Page, type: string, value: Json): unknown {
  if (type.startsWith('list.') && Array.isArray(value)) {
    return value.map((one) => readValue(page, type.slice('list.'.length), one));
  }
  if (type === 'metaobject_reference' && typeof value === 'number') {
    const found = page.wants.get('metaobjectById', String(value));
    return found ? metaobjectDrop(found) : found;
  }
  if (type === 'product_reference' && typeof value === 'number') {
    const found = page.wants.get('productById', String(value));
    return found
      ? (page.pass.globals.liquidGet('all_products') as LiquidDrop).liquidGet(found.handle)
      : found;
  }
  if (type === 'rating' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const rating = { rating: value.value, scale_min: value.scale_min, scale_max: value.scale_max };
    return plainDrop(rating, { json: value, text: String(value.value) });
  }
  return value;
}

export function metaobjectDrop(object: Metaobject): LiquidDrop {
  const system = plainDrop({ type: object.type, handle: object.handle, id: object.id, url: null });
  return {
    liquidGet(key) {
      if (key === 'system') return system;
      const value = Object.hasOwn(object.fields, key) ? object.fields[key] : undefined;
      return value === undefined
        ? null
        : plainDrop(
            { value },
            {
              json: value,
              text: typeof value === 'object' ? '' : String(value),
              value: typeof value === 'object' ? undefined : value,
            },
          );
    },
    liquidJson: () => object.fields,
  };
}
