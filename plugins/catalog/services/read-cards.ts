import type { CardQuery, CardSort, Catalog, Cradle, Id, ProductCard, ProductState } from 'kontor/sdk';
import type { Card, CardTexts } from './card.ts';
import { cardStatement, cursorAfter } from './card-statement.ts';
import { localisedOptions, textsFor } from './localise.ts';

export type ListedRow = {
  product_id: Id;
  state: ProductState;
  vendor: string;
  type: string;
  title_key: string;
  min_amount: number;
  max_amount: number;
  created_at: Date;
  updated_at: Date;
  position: number;
  card: Card;
  texts: Record<string, CardTexts>;
};

const PAGE = 24;
const LARGEST = 100;

/** Lists of products, a page by one statement. */
export function createReadCards({
  clock,
  database,
  stores,
}: Pick<Cradle, 'clock' | 'database' | 'stores'>): Pick<Catalog, 'cards'> {
  return {
    async cards(query) {
      const limit = Math.min(query.limit ?? query.ids?.length ?? PAGE, LARGEST);
      const sort = sortOf(query);
      const { name, sql, values } = cardStatement(
        { ...query, sort, limit: limit + 1 },
        { storeId: stores.current().id, now: clock.now() },
      );
      const rows = name
        ? await database.read<ListedRow>(name, sql, values)
        : await database.query<ListedRow>(sql, values);
      const page = rows.slice(0, limit);
      const cards = page.map((row) => cardOfRow(row, query.locale));
      return {
        cards: query.ids && !query.sort ? inOrderOf(query.ids, cards) : cards,
        next: rows.length > limit ? cursorAfter(page.at(-1)!, sort) : null,
      };
    },
  };
}

function sortOf({ sort, collectionId }: CardQuery): CardSort {
  if (sort === 'position' || sort === undefined) return collectionId === undefined ? 'newest' : 'position';
  return sort;
}

export function cardOfRow(row: ListedRow, locale?: string): ProductCard {
  const { card, texts: all } = row;
  const texts = textsFor(all, locale);
  return {
    id: row.product_id,
    handle: texts?.handle || card.handle,
    title: texts?.title || card.title,
    vendor: row.vendor,
    type: row.type,
    state: row.state,
    picture: card.picture,
    secondPicture: card.secondPicture,
    minAmount: row.min_amount,
    maxAmount: row.max_amount,
    compareAtAmount: card.compareAtAmount,
    variantIds: card.variantIds,
    options: texts ? localisedOptions(card.options, texts.options) : card.options,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function inOrderOf(ids: readonly Id[], cards: readonly ProductCard[]): ProductCard[] {
  const byId = new Map(cards.map((card) => [card.id, card]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
