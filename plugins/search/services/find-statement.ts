import type { SearchQuery } from 'kontor/sdk';

/** One thing that every product found must have: any of some words, or any of some terms. */
export type Group = {
  /** Whether a product can have it by several terms, so that it must be kept from coming twice. */
  isWide: boolean;
  /** The facet it stands for, when it is one that somebody has chosen. */
  facet?: string;
};

export type FindShape = {
  groups: readonly Group[];
  sort: NonNullable<SearchQuery['sort']>;
  hasPrice: boolean;
  hasCursor: boolean;
};

/** Products whose facets are counted: the best of what was found. More costs more than people can tell apart. */
export const COUNTED = 1000;
const FEW = 3000; // rows looked up one by one
const LISTED = 400; // values of facets, all together

const SORTS = {
  relevance: { key: 'score', way: 'desc' },
  newest: { key: 'product_id', way: 'desc' },
  price: { key: 'min_amount', way: 'asc' },
  '-price': { key: 'min_amount', way: 'desc' },
} as const satisfies Record<FindShape['sort'], { key: string; way: 'asc' | 'desc' }>;

/**
 * The one statement of a search: how many there are, a page of ids, the facets. Its text follows from the shape alone, so
 * that the database plans each usual shape once; others have no name.
 *
 * $1 store; words $2 with groups $3, prefixes $4, dictionaries $5; terms $6 with groups $7; limit $8; cursor $9 and $10;
 * lowest and highest amount $11 and $12.
 */
export function findStatement(shape: FindShape): { name: string | undefined; sql: string } {
  const { key, way } = SORTS[shape.sort];
  const chosen = shape.groups.flatMap(({ facet }, index) => (facet === undefined ? [] : [{ facet, index }]));
  const order = `${key} ${way}, product_id ${way}`;
  const after = `(${key}, product_id) ${way === 'asc' ? '>' : '<'} ($9::bigint, $10::bigint)`;
  const sql = `
    with asked as materialized (
      select w.grp, w.prefix || l.lexeme as term
      from unnest($2::text[], $3::int[], $4::text[], $5::text[]) as w (word, grp, prefix, dictionary)
        cross join lateral unnest(ts_lexize(w.dictionary::regdictionary, w.word)) as l (lexeme)
      union
      select t.grp, t.term from unnest($6::text[], $7::int[]) as t (term, grp)),
    ${needsPrice(shape) ? pricedHits(shape) : `hits as materialized (${hits(shape)}),`}
    best as materialized (select product_id from hits order by ${order} limit ${COUNTED}),
    facts as materialized (
      select d.terms, p.min_amount, p.max_amount from best
        join search.products p on p.store_id = $1 and p.product_id = best.product_id
        join search.documents d on d.store_id = $1 and d.product_id = best.product_id and d.locale = ''),
    ${chosen.map(({ index }) => `besides${index} as materialized (${hits(shape, index)} order by score desc, product_id desc limit ${COUNTED}),`).join('\n')}
    counted as (
      select -1 as besides, f.facet, count(*) as count from facts cross join lateral unnest(facts.terms) as f (facet)
      where starts_with(f.facet, '=') group by f.facet
      ${chosen.map(({ index }) => besides(index)).join('\n')})
    select (select count(*) from hits) as total,
      (select coalesce(json_agg(json_build_array(product_id, key) order by ${way === 'asc' ? 'key, product_id' : 'key desc, product_id desc'}), '[]')
       from (select product_id, ${key} as key from hits ${shape.hasCursor ? `where ${after}` : 'where $9::bigint is null and $10::bigint is null'} order by ${order} limit $8) as page) as page,
      (select min(min_amount) from facts) as "minAmount", (select max(max_amount) from facts) as "maxAmount",
      (select coalesce(json_agg(json_build_array(besides, facet, count) order by count desc, facet), '[]')
       from (select * from counted order by count desc, facet limit ${LISTED}) as listed) as facets`;
  return { name: isUsual(shape) ? nameOf(shape) : undefined, sql };
}

/** Prices of few are looked up one by one, those of many are read as a whole: a plan is kept, and cannot know which it will be. */
function pricedHits(shape: FindShape): string {
  const bounds = shape.hasPrice ? ' and d.max_amount >= $11 and d.min_amount <= $12' : '';
  const priced = 'select found.product_id, found.score, d.min_amount from found';
  return `found as materialized (${hits({ ...shape, sort: 'relevance', hasPrice: false })}),
    hits as materialized (
      ${priced} cross join lateral (
        select p.min_amount, p.max_amount from search.products p
        where p.store_id = $1 and p.product_id = found.product_id offset 0) d
      where (select count(*) from found) <= ${FEW}${bounds}
      union all
      ${priced} join search.products d on d.store_id = $1 and d.product_id = found.product_id
      where (select count(*) from found) > ${FEW}${bounds}),`;
}

function needsPrice({ hasPrice, sort }: FindShape): boolean {
  return hasPrice || sort === 'price' || sort === '-price';
}

/** What all groups have in common; all but one of them where its own facet is counted. */
function hits(shape: FindShape, without?: number): string {
  const { groups, hasPrice } = shape;
  const used = groups.flatMap((group, index) => (index === without ? [] : [{ ...group, index }]));
  const first = used[0]!.index;
  const sources = used.map(
    ({ isWide, index }) =>
      `(${sourceOf(isWide, index)}) as h${index}${index === first ? '' : ` on h${index}.product_id = h${first}.product_id`}`,
  );
  return `
    select h${first}.product_id, (${used.map(({ index }) => `h${index}.weight`).join(' + ')})::bigint as score
    from ${sources.join(' join ')}
    ${hasPrice ? `join search.products d on d.store_id = $1 and d.product_id = h${first}.product_id` : ''}
    where true${hasPrice ? ' and d.max_amount >= $11 and d.min_amount <= $12' : ''}`;
}

/** A word that a dictionary drops is one that every product has. */
function sourceOf(isWide: boolean, index: number): string {
  const terms = `array(select term from asked where grp = ${index}
    union all select '*' where not exists (select from asked where grp = ${index}))`;
  const rows = `from search.postings where store_id = $1 and term = any(${terms})`;
  return isWide
    ? `select product_id, max(weight) as weight ${rows} group by product_id`
    : `select product_id, weight ${rows}`;
}

function besides(index: number): string {
  return `union all
      select ${index}, f.facet, count(*) from besides${index} b
        join search.documents d on d.store_id = $1 and d.product_id = b.product_id and d.locale = ''
        cross join lateral unnest(d.terms) as f (facet)
      where starts_with(f.facet, (select split_part(min(term), chr(31), 1) || chr(31) from asked where grp = ${index}))
      group by f.facet`;
}

/**
 * What nearly everybody asks: some forty shapes. A plan is kept for as long as the connection, at a megabyte each, and a
 * visitor can ask in a hundred thousand ways.
 */
function isUsual({ groups, sort, hasPrice, hasCursor }: FindShape): boolean {
  if (hasCursor || groups.length > 3) return false;
  if (groups.some(({ facet, isWide }) => facet !== undefined && isWide)) return false;
  return groups.length === 1 || (sort === 'relevance' && !hasPrice);
}

function nameOf({ groups, sort, hasPrice, hasCursor }: FindShape): string {
  const parts = groups.map(({ isWide, facet }) => (facet === undefined ? 's' : 'f') + (isWide ? 'w' : ''));
  return `find-${sort}-${parts.join('')}${hasPrice ? '-p' : ''}${hasCursor ? '-c' : ''}`;
}
