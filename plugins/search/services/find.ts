import type { Cradle, Id, SearchAnswer, SearchQuery } from 'kontor/sdk';
import { errors } from '../errors.ts';
import { ask, type Asked, localesOf, type Synonyms } from './ask.ts';
import { PART } from './document.ts';
import { type FindShape, findStatement } from './find-statement.ts';

type Row = {
  total: number;
  page: [id: Id, key: number][];
  minAmount: number | null;
  maxAmount: number | null;
  /** The group that was left out, -1 for none; the term of a facet's value; products that have it. */
  facets: [besides: number, term: string, count: number][];
};

const PAGE = 24;
const LARGEST = 100;
const VALUES = 50; // of one facet
const DEAREST = Number.MAX_SAFE_INTEGER;

/**
 * Looks for products by one statement.
 *
 * @throws SEARCH_ERR_CURSOR for a cursor that is none of this order
 */
export async function find(
  { database, stores }: Cradle,
  { query, synonyms }: { query: SearchQuery; synonyms: Synonyms },
): Promise<Omit<SearchAnswer, 'corrected'>> {
  const store = stores.current();
  const sort = query.sort ?? 'relevance';
  const asked = ask(query, { locales: localesOf(query, store), synonyms });
  const after = readCursor(query.cursor, sort);
  if (!asked) return { productIds: [], total: 0, next: null, facets: [], priceRange: null };
  const hasPrice = query.minAmount !== undefined || query.maxAmount !== undefined;
  const limit = Math.min(query.limit ?? PAGE, LARGEST);
  const shape = { groups: asked.groups, sort, hasPrice, hasCursor: after !== undefined };
  const { name, sql } = findStatement(shape);
  const values = [
    store.id,
    ...arraysOf(asked),
    limit + 1,
    ...(after ?? [null, null]),
    ...(hasPrice ? [query.minAmount ?? 0, query.maxAmount ?? DEAREST] : []),
  ];
  const [row] = await (name ? database.read<Row>(name, sql, values) : database.query<Row>(sql, values));
  const { facets, maxAmount, minAmount, page, total } = row!;
  const shown = page.slice(0, limit);
  return {
    productIds: shown.map(([id]) => id),
    total,
    next: page.length > limit ? cursorOf(sort, shown.at(-1)!) : null,
    facets: facetsOf(facets, shape),
    priceRange: minAmount === null || maxAmount === null ? null : { minAmount, maxAmount },
  };
}

/** The parameters $2 to $7. */
export function arraysOf({ words, terms }: Pick<Asked, 'words' | 'terms'>): unknown[] {
  return [
    words.map(({ word }) => word),
    words.map(({ group }) => group),
    words.map(({ prefix }) => prefix),
    words.map(({ dictionary }) => dictionary),
    terms.map(({ term }) => term),
    terms.map(({ group }) => group),
  ];
}

/** A facet that somebody has chosen from is counted as if they had not, so that they can choose more. */
function facetsOf(rows: Row['facets'], { groups }: FindShape): SearchAnswer['facets'] {
  const facets = new Map<string, { value: string; count: number }[]>();
  for (const [besides, term, count] of rows) {
    const [name, value] = term.slice(1).split(PART) as [string, string];
    const chosen = groups.findIndex((group) => group.facet === name);
    if (besides !== chosen) continue;
    const values = facets.get(name) ?? [];
    if (values.length < VALUES) values.push({ value, count });
    facets.set(name, values);
  }
  return [...facets].map(([name, values]) => ({ name, values })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function cursorOf(sort: string, [id, key]: Row['page'][number]): string {
  return Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');
}

function readCursor(cursor: string | undefined, sort: string): [key: number, id: Id] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [of, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (of === sort && Number.isSafeInteger(key) && Number.isSafeInteger(id))
      return [key as number, id as Id];
  } catch {
    // Whatever it is, it is none of ours.
  }
  throw new errors.SEARCH_ERR_CURSOR(JSON.stringify(cursor.slice(0, 80)));
}
