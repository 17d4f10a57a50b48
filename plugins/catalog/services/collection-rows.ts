import type { Collection, CollectionRule, CardSort, Cradle, Id, Picture } from 'kontor/sdk';

/** A collection as its table has it, with how many are in it. */
export type CollectionRow = {
  id: Id;
  version: number;
  handle: string;
  title: string;
  description: string;
  picture: Picture | null;
  isPublished: boolean;
  sort: CardSort;
  rules: CollectionRule[];
  match: 'all' | 'any';
  seoTitle: string;
  seoDescription: string;
  translations: Collection['translations'];
  productCount: number;
  changedBy: string;
  updatedAt: Date;
};

/** Reads collections; `where` and `order` stand behind `c.store_id = $1`, and `values` begin at $2. */
export async function readCollections(
  { database, stores }: Cradle,
  { name, where, values }: { name: string; where: string; values: readonly unknown[] },
): Promise<CollectionRow[]> {
  return database.read<CollectionRow>(`collections-${name}`, `${SELECT_COLLECTION} ${where}`, [
    stores.current().id,
    ...values,
  ]);
}

export const SELECT_COLLECTION = `
  select c.id, c.version, c.handle, c.title, c.description, c.picture, c.is_published as "isPublished", c.sort, c.rules, c.match,
    c.seo_title as "seoTitle", c.seo_description as "seoDescription", c.translations, c.changed_by as "changedBy",
    c.updated_at as "updatedAt",
    (select count(*) from catalog.collection_products m where m.store_id = $1 and m.collection_id = c.id) as "productCount"
  from catalog.collections c where c.store_id = $1`;

/** As others see it, with the texts of a language where there are any. */
export function shown(row: CollectionRow, locale?: string): Collection {
  const texts = locale === undefined ? undefined : row.translations[locale];
  return {
    id: row.id,
    version: row.version,
    handle: texts?.handle || row.handle,
    title: texts?.title || row.title,
    description: texts?.description || row.description,
    picture: row.picture,
    isPublished: row.isPublished,
    sort: row.sort,
    rules: row.rules,
    match: row.match,
    seo: { title: row.seoTitle, description: row.seoDescription },
    translations: row.translations,
    productCount: row.productCount,
  };
}
