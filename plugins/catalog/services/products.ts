import { type Catalog, type Cradle, type Id, ok, type Product, type Result, refused } from 'kontor/sdk';
import { copyOf } from '../actions/copy-of.ts';
import { removeProduct } from '../actions/remove-product.ts';
import { saveProducts } from '../actions/save-products.ts';
import type { SaveRefusal, Wish } from '../actions/wish.ts';
import { createLowestPrice } from './lowest-price.ts';
import { createReadCards } from './read-cards.ts';
import { createReadProducts } from './read-products.ts';
import { createReadSellable } from './read-sellable.ts';

/** What of the catalogue's service is about products. */
export type Products = Pick<
  Catalog,
  | 'product'
  | 'productByHandle'
  | 'productsByHandle'
  | 'productsById'
  | 'productsAfter'
  | 'cards'
  | 'sellable'
  | 'lowestRecentAmount'
  | 'create'
  | 'update'
  | 'remove'
  | 'duplicate'
  | 'upsert'
>;

/** Products of the current store. */
export function createProducts(services: Cradle): Products {
  const { database } = services;
  const reads = createReadProducts(services);

  async function save<Refusal extends SaveRefusal>(wish: Wish): Promise<Result<Product, Refusal>> {
    return database.transaction(async () => {
      const [saved] = await saveProducts(services, [wish]);
      // Read again: rules of collections may have placed it.
      return saved!.ok ? ok((await reads.product(saved!.value.id))!) : (saved as Result<Product, Refusal>);
    });
  }

  return {
    ...reads,
    ...createReadCards(services),
    ...createReadSellable(services),
    ...createLowestPrice(services),
    create: (input) => save({ change: input }),
    update: (id: Id, { version, ...change }) => save({ id, version, change }),
    remove: (id) => removeProduct(services, id),
    async duplicate(id, title) {
      const product = await reads.product(id);
      return product ? save({ change: copyOf(product, title) }) : refused('notFound', { productId: id });
    },
    upsert: (inputs) =>
      saveProducts(
        services,
        inputs.map((change) => ({ handle: change.handle, change })),
        { isBatch: true },
      ) as ReturnType<Catalog['upsert']>,
  };
}
