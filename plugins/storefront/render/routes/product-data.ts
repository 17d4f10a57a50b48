import { type Cradle, type Product, refused } from 'kontor/sdk';
import { pageLocale } from '../../services/locale.ts';
import { Wants } from '../data/wants.ts';
import { productJson } from '../drops/product-json.ts';
import type { Asking } from '../pages/open-page.ts';
import type { Page } from '../page.ts';

/** A product as scripts read it; `.json` has it within `product`. */
export async function productData(
  request: Asking,
  services: Cradle,
  { handle, isWrapped }: { handle: string; isWrapped: boolean },
): Promise<unknown> {
  const locale = pageLocale(request);
  const product = await services.catalog.productByHandle(handle, { locale });
  if (!product) return refused('notFound');
  const [data] = await productsJson(request, services, [product]);
  request.reply.header('cache-control', 'private, no-cache');
  return isWrapped ? { product: data } : data;
}

/** In the shape of scripts, with their stock: one query for all. */
export async function productsJson(
  request: Asking,
  services: Cradle,
  products: readonly Product[],
): Promise<object[]> {
  const { store } = request;
  const wants = new Wants();
  const ids = products.flatMap(({ variants }) => variants.map(({ id }) => id));
  const levels = ids.length > 0 ? await services.inventory?.levels(ids) : undefined;
  for (const id of ids) wants.put('level', String(id), levels?.get(id) ?? null);
  const page: Pick<Page, 'store' | 'wants' | 'locale'> = { store, wants, locale: pageLocale(request) };
  return products.map((product) => productJson(product, page as Page));
}
