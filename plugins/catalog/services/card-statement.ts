import type { CardQuery, CardSort } from 'kontor/sdk';
import { errors } from '../errors.ts';
import type { ListedRow } from './read-cards.ts';
import { fold } from './texts.ts';
import { VISIBLE } from './rows.ts';
import { askedWords } from './words.ts';

// Asked for by a select, here and of cursors: where the planner sees a value, it finds a plan for that one alone a little
// cheaper, and plans the statement anew each time, for longer than it takes to run.
const VISIBLE_NOW = VISIBLE.replaceAll('$2', '(select $2::timestamptz)');
const LAST_LETTER = '\u{10ffff}'; // no word goes on with it

/** How each order is kept: the column, which way, the type a cursor's value is read as. */
export const SORTS = {
  newest: { column: 'p.created_at', way: 'desc', type: 'timestamptz' },
  oldest: { column: 'p.created_at', way: 'asc', type: 'timestamptz' },
  updated: { column: 'p.updated_at', way: 'desc', type: 'timestamptz' },
  title: { column: 'p.title_key', way: 'asc', type: 'text' },
  '-title': { column: 'p.title_key', way: 'desc', type: 'text' },
  price: { column: 'p.min_amount', way: 'asc', type: 'bigint' },
  '-price': { column: 'p.min_amount', way: 'desc', type: 'bigint' },
  position: { column: 'm.position', way: 'asc', type: 'bigint' },
} as const satisfies Record<CardSort, { column: string; way: 'asc' | 'desc'; type: string }>;

/** What a list reads of a card `p`. */
export const CARD_COLUMNS = `p.product_id, p.state, p.vendor, p.type, p.title_key, p.min_amount, p.max_amount, p.created_at,
  p.updated_at, p.card, p.texts`;

type Statement = { name: string | undefined; sql: string; values: unknown[] };
type Query = CardQuery & { sort: CardSort; limit: number };

/**
 * The statement of a page of cards. Its name is the same for the same shape, so that the database plans the usual ones once;
 * one that filters by more has none.
 *
 * @throws CATALOG_ERR_CURSOR for a cursor that is none of this order
 */
export function cardStatement(query: Query, { storeId, now }: { storeId: number; now: Date }): Statement {
  const values: unknown[] = [storeId, now];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const filters = conditions(query, bind);
  // In the text: planned without knowing it, a statement would be planned for a tenth of the table.
  const limit = Math.max(1, Math.trunc(query.limit));
  const usual = query.vendor ?? query.type ?? query.tag ?? query.text ?? query.minAmount ?? query.maxAmount;
  return {
    name: usual === undefined ? `cards-${query.sort}-${limit}-${shapeOf(query)}` : undefined,
    sql: `select ${CARD_COLUMNS}, ${query.sort === 'position' ? 'm.position' : '0 as position'}
      ${fromWhere(query, { filters, bind })}
      order by ${orderOf(query.sort)} limit ${limit}`,
    values,
  };
}

export function orderOf(sort: CardSort): string {
  const { column, way } = SORTS[sort];
  return `${column} ${way}, p.product_id ${way}`;
}

/** Which filters a statement has, in few letters: the database cuts names off at 63. */
function shapeOf({ collectionId, cursor, ids, isVisible, state }: Query): string {
  const parts = Object.entries({ c: collectionId, k: cursor, i: ids, s: state, v: isVisible || undefined });
  return parts.flatMap(([letter, value]) => (value === undefined ? [] : letter)).join('');
}

/** What a query finds, from `from` on, for other questions than a page; cards are `p`. */
export function cardFilter(
  query: CardQuery,
  { storeId, now }: { storeId: number; now: Date },
): { from: string; values: unknown[] } {
  const values: unknown[] = [storeId, now];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const filters = conditions({ ...query, sort: 'newest', limit: 0 }, bind);
  return { from: fromWhere(query, { filters, bind }), values };
}

/** The cursor of the page behind a row; text that only this file reads. */
export function cursorAfter(row: ListedRow, sort: CardSort): string {
  const column = SORTS[sort].column.slice(2) as
    | 'created_at'
    | 'updated_at'
    | 'title_key'
    | 'min_amount'
    | 'position';
  return Buffer.from(JSON.stringify([sort, row[column], row.product_id])).toString('base64url');
}

type Bind = (value: unknown) => string;

function fromWhere(query: CardQuery, { filters, bind }: { filters: readonly string[]; bind: Bind }): string {
  const all = ['p.store_id = $1', '$2::timestamptz is not null', ...filters];
  return `from catalog.cards p ${joinOf(query, bind)} where ${all.join(' and ')}`;
}

function joinOf({ collectionId }: CardQuery, bind: Bind): string {
  return collectionId === undefined
    ? ''
    : `join catalog.collection_products m on m.store_id = $1 and m.product_id = p.product_id and m.collection_id = ${bind(collectionId)}`;
}

function conditions(query: Query, bind: Bind): string[] {
  const found = [];
  if (query.isVisible) found.push(VISIBLE_NOW);
  if (query.state !== undefined) found.push(`p.state = ${bind(query.state)}`);
  if (query.ids !== undefined) found.push(`p.product_id = any(${bind(query.ids)})`);
  if (query.vendor !== undefined) found.push(`p.vendor = ${bind(query.vendor)}`);
  if (query.type !== undefined) found.push(`p.type = ${bind(query.type)}`);
  if (query.minAmount !== undefined) found.push(`p.max_amount >= ${bind(query.minAmount)}`);
  if (query.maxAmount !== undefined) found.push(`p.min_amount <= ${bind(query.maxAmount)}`);
  if (query.tag !== undefined) found.push(among('tags', `tag = ${bind(fold(query.tag))}`));
  if (query.text !== undefined) found.push(...wordConditions(query.text, bind));
  if (query.cursor !== undefined) found.push(behind(query.cursor, query.sort, bind));
  return found;
}

/** The longest word is looked up, as the rarest it is likely to be; the others are asked of what it finds. */
function wordConditions(text: string, bind: Bind): string[] {
  const [first, ...others] = askedWords(text).toSorted((one, other) => other.length - one.length);
  // Nothing but signs: no word has them.
  if (first === undefined) return text.trim() === '' ? [] : ['false'];
  const begins = (word: string) => `word >= ${bind(word)} and word < ${bind(word + LAST_LETTER)}`;
  return [
    among('words', begins(first)),
    ...others.map(
      (word) =>
        `exists (select from catalog.words w where w.store_id = $1 and w.product_id = p.product_id and ${begins(word)})`,
    ),
  ];
}

function among(table: 'tags' | 'words', condition: string): string {
  return `p.product_id in (select product_id from catalog.${table} where store_id = $1 and ${condition})`;
}

/** What comes behind the row that a cursor names. @throws CATALOG_ERR_CURSOR when it is none of this order */
export function behind(cursor: string, sort: CardSort, bind: Bind): string {
  const { column, way, type } = SORTS[sort];
  const [value, id] = positionOf(cursor, sort);
  return `(${column}, p.product_id) ${way === 'asc' ? '>' : '<'} ((select ${bind(value)}::${type}), (select ${bind(id)}::bigint))`;
}

/** The order that a cursor goes on in. @throws CATALOG_ERR_CURSOR for what is none of ours */
export function sortOfCursor(cursor: string): CardSort {
  const sort = (Object.keys(SORTS) as CardSort[]).find((one) => {
    try {
      return positionOf(cursor, one).length > 0;
    } catch {
      return false;
    }
  });
  if (sort) return sort;
  throw new errors.CATALOG_ERR_CURSOR(JSON.stringify(cursor.slice(0, 80)));
}

function positionOf(cursor: string, sort: CardSort): [string | number, number] {
  try {
    const [of, value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (of === sort && Number.isSafeInteger(id) && fits(value, SORTS[sort].type))
      return [value as string, id as number];
  } catch {
    // Whatever it is, it is none of ours.
  }
  throw new errors.CATALOG_ERR_CURSOR(JSON.stringify(cursor.slice(0, 80)));
}

function fits(value: unknown, type: (typeof SORTS)[CardSort]['type']): boolean {
  if (type === 'bigint') return Number.isSafeInteger(value);
  if (typeof value !== 'string' || value.includes('\0')) return false;
  return type === 'text' || (/^[12]\d{3}-/.test(value) && !Number.isNaN(Date.parse(value)));
}
