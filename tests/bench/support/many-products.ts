import type pg from 'pg';
import type { Id, Product } from 'kontor/sdk';

/* A large catalogue, written as rows: what the catalogue itself would write, without saying so a hundred thousand times. */

const ADJECTIVES =
  'linen cotton woollen silk leather wooden ceramic glass steel copper recycled organic handmade waterproof foldable vintage classic modern slim wide soft warm light heavy small large round square striped plain'.split(
    ' ',
  );
const NOUNS =
  'shirt dress jacket trousers scarf glove hat shoe boot sandal bag backpack wallet belt watch lamp chair table shelf cushion blanket towel mug plate bowl knife pan kettle bottle candle vase clock mirror basket rug curtain pillow sheet notebook pen'.split(
    ' ',
  );
const COLOURS = 'black white blue red green yellow grey brown pink purple orange beige'.split(' ');
const SIZES = 'XS S M L XL XXL'.split(' ');
const SYLLABLES =
  'ba be bi bo bra da de di dor fa fe fin flo ga gel gra ha hel jo ka kel kor la le lin lo lu ma mel mi mo na nel no pa per pli po ra ren ri ro sa sel si sol ta tel ti to tra va ven vi vo wa wel za'.split(
    ' ',
  );
const WORDS = 8000;
const BATCH = 1000;

export type ManyProducts = {
  /** Words of titles, most frequent first. */
  words: readonly string[];
  vendors: readonly string[];
  types: readonly string[];
};

/** Chance that is the same in every run. */
export function createChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Picks by Zipf and Mandelbrot's law, as words of a language are used: the first most often, the last hardly ever.
 *
 * @param flat - how many of the first are nearly alike; a language less its small words has some
 */
export function pick<Value>(values: readonly Value[], chance: () => number, flat = 12): Value {
  const place = flat * ((values.length + flat) / flat) ** chance() - flat;
  return values[Math.min(values.length - 1, Math.floor(place))]!;
}

/**
 * Writes active products into the catalogue of a store, with ids from 1.
 *
 * @param follow - gets them as the catalogue would give them, 1,000 at a time
 */
export async function writeManyProducts(
  client: Pick<pg.Client, 'query'>,
  {
    storeId,
    count,
    follow,
  }: { storeId: Id; count: number; follow?: (products: readonly Product[]) => Promise<void> },
): Promise<ManyProducts> {
  const chance = createChance(7);
  const world = {
    words: vocabulary(chance),
    vendors: Array.from({ length: 400 }, () => capital(coined(chance))),
    types: NOUNS.map((noun) => capital(noun)),
  };
  const tags = Array.from({ length: 300 }, () => pick(world.words, chance, 100));
  for (let first = 1; first <= count; first += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - first + 1) }, (_, index) =>
      productRow({ id: first + index, tags, chance, ...world }),
    );
    await client.query(WRITE, [storeId, JSON.stringify(rows)]);
    await follow?.(rows.map(productOf));
  }
  for (const table of ['products', 'cards', 'variants'])
    await client.query(`vacuum analyze catalog.${table}`);
  return world;
}

function vocabulary(chance: () => number): string[] {
  const known = new Set<string>();
  const real = [...NOUNS, ...ADJECTIVES, ...COLOURS];
  for (let place = 0; place < real.length; place += 1) known.add(real[(place * 37) % real.length]!);
  while (known.size < WORDS) known.add(coined(chance));
  return [...known];
}

function coined(chance: () => number): string {
  const length = 2 + Math.floor(chance() * 3);
  return Array.from({ length }, () => SYLLABLES[Math.floor(chance() * SYLLABLES.length)]).join('');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function productRow(from: ManyProducts & { id: Id; tags: readonly string[]; chance: () => number }) {
  const { id, chance, words, vendors, types } = from;
  const some = (count: number, flat?: number) =>
    Array.from({ length: count }, () => pick(words, chance, flat));
  const title = capital(some(3 + Math.floor(chance() * 3)).join(' '));
  const amount = 100 * (5 + Math.floor(chance() ** 3 * 500)) - 1;
  const options = [
    { name: 'Colour', values: [COLOURS[Math.floor(chance() * COLOURS.length)]!] },
    { name: 'Size', values: SIZES.slice(Math.floor(chance() * 3), 4 + Math.floor(chance() * 3)) },
  ];
  const handle = `product-${id}`;
  const variant = {
    id,
    title: options.map(({ values }) => values[0]).join(' / '),
    options: options.map(({ values }) => values[0]!),
    sku: `SKU-${id}`,
    barcode: '',
    mpn: '',
    amount,
    compareAtAmount: null,
    costAmount: null,
    weightGrams: 300,
    requiresShipping: true,
    pictureId: null,
    unit: null,
    position: 1,
    prices: [],
  };
  const document = {
    kind: 'physical' as const,
    title,
    description: `<p>${some(25, 60).join(' ')}</p>`,
    vendor: pick(vendors, chance),
    type: pick(types, chance),
    tags: [...new Set(Array.from({ length: 3 }, () => pick(from.tags, chance, 30)))],
    taxClass: 'standard',
    seo: { title: '', description: '' },
    safety: {},
    options,
    pictures: [],
    translations: {},
  };
  const card = {
    handle,
    title,
    picture: null,
    secondPicture: null,
    compareAtAmount: null,
    variantIds: [id],
    options,
  };
  const { vendor, type } = document;
  return {
    id,
    handle,
    document,
    variants: [variant],
    card,
    vendor,
    type,
    title_key: title.toLowerCase(),
    amount,
  };
}

function productOf({ id, handle, document, variants }: ReturnType<typeof productRow>): Product {
  const at = new Date('2026-01-01T00:00:00Z');
  const state = { version: 1, state: 'active', publishAt: at, unpublishAt: null } as const;
  return { id, handle, ...state, ...document, variants, collectionIds: [], createdAt: at, updatedAt: at };
}

const WRITE = `
  with given as (
    select * from jsonb_to_recordset($2::jsonb) as g (id bigint, handle text, document jsonb, variants jsonb, card jsonb,
      vendor text, type text, title_key text, amount bigint)),
  products as (
    insert into catalog.products (store_id, id, handle, state, publish_at, document, variants, created_at, updated_at)
    select $1, id, handle, 'active', '2026-01-01', document, variants, '2026-01-01', '2026-01-01' from given),
  variants as (
    insert into catalog.variants (store_id, id, product_id, sku, barcode, currency, amount, document)
    select $1, id, id, 'SKU-' || id, '', 'EUR', amount, variants->0 from given)
  insert into catalog.cards (store_id, product_id, kind, tax_class, state, publish_at, vendor, type, title_key, currency,
    min_amount, max_amount, created_at, updated_at, card, texts)
  select $1, id, 'physical', 'standard', 'active', '2026-01-01', vendor, type, title_key, 'EUR', amount, amount,
    '2026-01-01', '2026-01-01', card, '{}' from given`;
