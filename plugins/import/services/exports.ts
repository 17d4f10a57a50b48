import { Readable } from 'node:stream';
import type { Cradle } from 'kontor/sdk';
import type { Layout } from '../formats/fields.ts';
import { headingLine, productLines } from '../formats/write-products.ts';

type Needs = Pick<Cradle, 'catalog' | 'inventory' | 'platform' | 'stores'>;

const TOGETHER = 100;

/** All products of the store as CSV, read as the client takes them: a large shop costs no more memory than a small one. */
export function exportProducts(services: Needs, format: Layout['format']): Readable {
  return Readable.from(lines(services, format));
}

async function* lines(
  { catalog, inventory, platform, stores }: Needs,
  format: Layout['format'],
): AsyncGenerator<string> {
  const store = stores.current();
  const locales = store.locales.filter((locale) => locale !== store.locale);
  const style = { style: 'currency', currency: store.currency } as const;
  const digits = new Intl.NumberFormat('en', style).resolvedOptions().maximumFractionDigits!;
  const told = { format, locales, digits, origin: platform.storeOrigin(store) };
  yield headingLine(told);
  for (let last = 0; ; ) {
    const products = await catalog.productsAfter(last, { limit: TOGETHER });
    if (products.length === 0) return;
    const variantIds = products.flatMap(({ variants }) => variants.map(({ id }) => id));
    const stock = (await inventory?.levels(variantIds)) ?? new Map();
    yield productLines(products, { ...told, stock });
    last = products.at(-1)!.id;
  }
}
