import { type Cradle, type Id, type Product, type ProductRefusal, refused, type Result } from 'kontor/sdk';
import { copyOf } from './copy-of.ts';
import { saveProduct } from './save-product.ts';

/** Makes a draft like a product, with the values of fields that the store has invented. */
export async function duplicateProduct(
  services: Cradle,
  { id, title }: { id: Id; title: string },
): Promise<Result<Product, ProductRefusal>> {
  const { catalog, database } = services;
  return database.transaction(async () => {
    const product = await catalog.product(id);
    if (!product) return refused('notFound', { productId: id });
    const copy = await saveProduct<ProductRefusal>(services, { change: copyOf(product, title) });
    if (copy.ok) await copyMetafields(services, product, copy.value);
    return copy;
  });
}

async function copyMetafields({ database, stores }: Cradle, from: Product, to: Product): Promise<void> {
  await database.query(
    `insert into catalog.metafields (store_id, definition_id, owner_id, product_id, variant_id, value)
     select $1, m.definition_id, coalesce(r.variant_id, $3), case when r.variant_id is null then $3::bigint end, r.variant_id, m.value
     from catalog.metafields m
       left join unnest($4::bigint[], $5::bigint[]) as r(from_id, variant_id) on r.from_id = m.variant_id
     where m.store_id = $1 and (m.product_id = $2 or r.variant_id is not null) returning owner_id`,
    [stores.current().id, from.id, to.id, from.variants.map(({ id }) => id), to.variants.map(({ id }) => id)],
  );
}
