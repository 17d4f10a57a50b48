import { type Cradle, ok, type Product, type Result } from 'kontor/sdk';
import { saveProducts } from './save-products.ts';
import type { SaveRefusal, Wish } from './wish.ts';

/** Makes or changes one product, and gives it as it is then: rules of collections may have placed it. */
export async function saveProduct<Refusal extends SaveRefusal>(
  services: Cradle,
  wish: Wish,
): Promise<Result<Product, Refusal>> {
  const { catalog, database } = services;
  return database.transaction(async () => {
    const [saved] = await saveProducts(services, [wish]);
    return saved!.ok ? ok((await catalog.product(saved!.value.id))!) : (saved as Result<Product, Refusal>);
  });
}
