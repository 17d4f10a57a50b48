import type { CardSort, Catalog, Collection, Cradle, ProductCard } from 'kontor/sdk';
import { behind, CARD_COLUMNS, cursorAfter, orderOf, SORTS, sortOfCursor } from './card-statement.ts';
import { type CollectionRow, SELECT_COLLECTION, shown } from './collection-rows.ts';
import { cardOfRow, type ListedRow } from './read-cards.ts';
import { VISIBLE } from './rows.ts';

const PAGE = 24;
const LARGEST = 100;

/** A collection and what a visitor finds in it, by one statement. */
export function createCollectionPage({
  clock,
  database,
  stores,
}: Pick<Cradle, 'clock' | 'database' | 'stores'>): Pick<Catalog, 'collectionPage'> {
  return {
    async collectionPage(handle, { sort, cursor, limit = PAGE, locale } = {}) {
      const most = Math.min(Math.max(1, Math.trunc(limit)), LARGEST);
      const chosen = sort ?? (cursor === undefined ? undefined : sortOfCursor(cursor));
      const values: unknown[] = [stores.current().id, clock.now(), handle];
      const bind = (value: unknown) => `$${values.push(value)}`;
      const after = cursor === undefined || !chosen ? '' : `and ${behind(cursor, chosen, bind)}`;
      const rows = await database.read<{ collection: CollectionRow } & ListedRow>(
        `collection-page-${chosen ?? 'own'}-${most}${after && '-k'}`,
        statement({ chosen, after, limit: most + 1 }),
        values,
      );
      return pageOf(rows, { chosen, limit: most, locale });
    },
  };
}

/** The order of a collection is its own: of all orders the database runs the one that is. */
function statement(input: { chosen: CardSort | undefined; after: string; limit: number }): string {
  const { chosen, after, limit } = input;
  const part = (sort: CardSort) => `
      select row_number() over () as place, q.* from (
        select ${CARD_COLUMNS}, m.position
        from catalog.collection_products m join catalog.cards p on p.store_id = $1 and p.product_id = m.product_id
        where m.store_id = $1 and m.collection_id = c.id and ${VISIBLE} ${after} ${chosen ? '' : `and c.sort = '${sort}'`}
        order by ${orderOf(sort)} limit ${limit}) q`;
  const parts = (chosen ? [chosen] : (Object.keys(SORTS) as CardSort[])).map(part);
  return `
    with c as materialized (
      ${SELECT_COLLECTION} and c.is_published and c.id = (
        select h.collection_id from catalog.collection_handles h where h.store_id = $1 and h.handle = $3))
    select case when coalesce(p.place, 1) = 1 then to_jsonb(c) end as collection, p.*
    from c left join lateral (${parts.join(' union all ')}) p on true
    order by p.place`;
}

function pageOf(
  rows: readonly ({ collection: CollectionRow } & ListedRow)[],
  { chosen, limit, locale }: { chosen: CardSort | undefined; limit: number; locale: string | undefined },
): { collection: Collection; cards: ProductCard[]; next: string | null } | undefined {
  const [first] = rows;
  if (!first) return undefined;
  const { collection } = first;
  const listed = rows.filter(({ product_id }) => product_id !== null);
  const page = listed.slice(0, limit);
  return {
    collection: shown(collection, locale),
    cards: page.map((row) => cardOfRow(row, locale)),
    next: listed.length > limit ? cursorAfter(page.at(-1)!, chosen ?? collection.sort) : null,
  };
}
