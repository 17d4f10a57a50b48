import { readFile } from 'node:fs/promises';
import type { Id, Picture, Product, ProductInput } from 'kontor/sdk';
import { accepted } from '../cli/accepted.ts';
import type { DemoCollection } from './data/collections.ts';
import type { DemoShop } from './data/index.ts';
import { type DemoProduct, LOCALES, type Spoken } from './data/shape.ts';
import { pictureNames } from './drawings/draw.ts';
import type { ShopKeeper } from './shop-keeper.ts';

const AT_ONCE = 4; // pictures; each is decoded and written anew

/** Pictures, products, collections and stock of a shop. */
export async function fillShelves(keeper: ShopKeeper, shop: DemoShop): Promise<Product[]> {
  const pictures = await hangPictures(keeper, shop);
  const inputs = shop.products.map((product) => productInput(product, { shop, pictures }));
  const saved = await keeper.with('catalog', (catalog) => catalog.upsert(inputs));
  for (const [index, result] of saved.entries()) accepted(`Product ${inputs[index]!.handle}`, result);
  const products = await keeper.with('catalog', (catalog) =>
    catalog.productsByHandle(inputs.map(({ handle }) => handle)),
  );
  await keeper.with('catalog', async (catalog) => {
    for (const collection of shop.collections) {
      accepted(
        `Collection ${collection.handle}`,
        await catalog.saveCollection(collectionInput(collection, { shop, products })),
      );
    }
  });
  await countStock(keeper, { shop, products });
  return products;
}

async function hangPictures(keeper: ShopKeeper, { products }: DemoShop): Promise<ReadonlyMap<string, Id>> {
  const titles = new Map(
    products.flatMap((product) => pictureNames(product).map((name) => [name, product.title])),
  );
  const names = [...titles.keys()];
  const ids = new Map<string, Id>();
  await keeper.with('media', async (media) => {
    const hang = async () => {
      for (let name = names.shift(); name !== undefined; name = names.shift()) {
        const content = await readFile(new URL(`./pictures/${name}.webp`, import.meta.url));
        const alt = inAllLanguages(titles.get(name)!);
        const file = { content, name: `${name}.webp`, folder: 'products', alt };
        ids.set(name, accepted(`Picture ${name}`, await media.add(file)).id);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, hang));
  });
  return ids;
}

function productInput(
  product: DemoProduct,
  { shop, pictures }: { shop: DemoShop; pictures: ReadonlyMap<string, Id> },
): ProductInput & { handle: string } {
  const own = LOCALES.indexOf(shop.locale as (typeof LOCALES)[number]);
  const { option, amount } = product;
  const pictureIds = pictureNames(product).map((name) => pictures.get(name)!);
  const amounts = typeof amount === 'number' ? [amount] : amount;
  const values = option?.values ?? [undefined];
  return {
    handle: product.handle,
    state: 'active',
    title: product.title[own]!,
    description: `<p>${product.text[own]}</p>`,
    vendor: product.vendor,
    type: product.type,
    tags: product.tags,
    taxClass: product.taxClass,
    seo: { title: '', description: product.text[own]! },
    safety: { manufacturer: `${product.vendor}, Luxembourg` },
    options: option ? [{ name: option.name[own]!, values: option.values.map((value) => value[own]!) }] : [],
    variants: values.map((value, index) => ({
      amount: amounts[Math.min(index, amounts.length - 1)]!,
      compareAtAmount: product.compareAt ?? null,
      options: value ? [value[own]!] : [],
      sku: skuOf(product.handle, value && index),
      weightGrams: product.grams,
      pictureId: pictureIds[Math.min(index, pictureIds.length - 1)]!,
      unit: product.unit ?? null,
    })),
    pictureIds,
    translations: Object.fromEntries(
      LOCALES.flatMap((locale, at) =>
        locale === shop.locale
          ? []
          : [
              [
                locale,
                {
                  title: product.title[at]!,
                  description: `<p>${product.text[at]}</p>`,
                  seo: { description: product.text[at]! },
                  ...(option && {
                    options: [{ name: option.name[at]!, values: option.values.map((value) => value[at]!) }],
                  }),
                },
              ],
            ],
      ),
    ),
  };
}

function collectionInput(
  collection: DemoCollection,
  { shop, products }: { shop: DemoShop; products: readonly Product[] },
) {
  const own = LOCALES.indexOf(shop.locale as (typeof LOCALES)[number]);
  const { handle, title, text, rules } = collection;
  const members = shop.products.filter(({ collections }) => collections.includes(handle));
  const idOf = (product: string) => products.find((one) => one.handle === product)!.id;
  const shown: Picture | undefined = products.find((one) => one.handle === collection.picture)!.pictures[0];
  return {
    handle,
    title: title[own]!,
    description: text[own]!,
    isPublished: true,
    pictureId: shown?.mediaId ?? null,
    ...(rules ? { rules } : { productIds: members.map((member) => idOf(member.handle)) }),
    translations: Object.fromEntries(
      LOCALES.flatMap((locale, at) =>
        locale === shop.locale ? [] : [[locale, { title: title[at]!, description: text[at]! }]],
      ),
    ),
  };
}

/** Sets what is on hand today, whatever was sold before. */
export async function countStock(
  keeper: ShopKeeper,
  { shop, products, extra = 0 }: { shop: DemoShop; products: readonly Product[]; extra?: number },
): Promise<void> {
  const lines = shop.products.flatMap(({ handle, stock }) => {
    const product = products.find((one) => one.handle === handle)!;
    return stock === undefined
      ? []
      : product.variants.map(({ id }, index) => ({
          variantId: id,
          onHand: Math.max(0, stock - index * 2) + extra,
        }));
  });
  await keeper.with('inventory', (inventory) => inventory.set(lines, { reason: 'stocktaking' }));
}

function skuOf(handle: string, index: number | undefined): string {
  const letters = handle.split('-').map((word) => word.slice(0, 3).toUpperCase());
  return [...letters, ...(index === undefined ? [] : [index + 1])].join('-');
}

export function inAllLanguages(words: Spoken): Record<string, string> {
  return Object.fromEntries(LOCALES.map((locale, at) => [locale, words[at]!]));
}
