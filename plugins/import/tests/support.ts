import type { ImportRun, Product } from 'kontor/sdk';
import type { Client, TestKernel } from 'kontor/sdk/testing';

const HEADING =
  'Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Gift Card,SEO Title,SEO Description,Variant Weight Unit';

/** Three products that are right, with two wrong rows between them. */
export const SHOPIFY_FILE = [
  HEADING,
  'linen-shirt,Linen shirt,<p>Washed linen</p>,Atelier,Shirts,"linen, summer",true,Size,S,Colour,White,LS-S,300,shopify,12,deny,49.50,60,true,true,false,Linen,Cool,kg',
  'linen-shirt,,,,,,,,M,,Blue,LS-M,300,shopify,-2,continue,49.50,,true,true,,,,kg',
  'plain-mug,Mug,A mug,Potter,Mugs,,true,Title,Default Title,,,MUG,350,,5,deny,18,,true,true,false,,,kg',
  'gift-book,Book,,Press,Books,paper,false,Title,Default Title,,,BOOK,200,shopify,3,deny,9.9,,true,false,false,,,kg',
  'gift-book,,,,,,,,,,,,,,,,,,,,,,,',
  'odd-lamp,Lamp,,X,Lamps,,true,Title,Default Title,,,,0,,1,deny,twelve,,true,true,false,,,kg',
  'no-title,,,X,Lamps,,true,Title,Default Title,,,,0,,1,deny,5,,true,true,false,,,kg',
  '"",,,,,,,,,,,,,,,,,,,,,,,',
  '',
].join('\n');

/** Uploads and runs files as a person of a store. */
export function anImport({ stores, jobs, inStore }: TestKernel, person: Client, store: 'a' | 'b' = 'a') {
  const at = (path: string) => `/api/stores/${stores[store].handle}${path}`;

  function upload(
    file: string | Buffer,
    fileName: string,
    more: { isDryRun?: boolean; start?: boolean } = {},
  ) {
    const query = new URLSearchParams({ fileName, ...(more as Record<string, string>) });
    return person.post(at(`/imports?${query}`), file, { 'content-type': 'text/csv' });
  }

  return {
    upload,
    async run(
      file: string | Buffer,
      fileName: string,
      more: { isDryRun?: boolean } = {},
    ): Promise<ImportRun> {
      const { body } = await upload(file, fileName, more);
      await jobs.drain();
      return (await person.get(at(`/imports/${body.id}`))).body;
    },
    productsOf: (of: 'a' | 'b'): Promise<Product[]> =>
      inStore(of, 'import', async ({ catalog }) => {
        const all: Product[] = [];
        for (let last = 0; ; last = all.at(-1)!.id) {
          const some = await catalog.productsAfter(last);
          if (some.length === 0) return all;
          all.push(...some);
        }
      }),
  };
}
