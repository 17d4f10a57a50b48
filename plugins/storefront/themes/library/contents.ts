import { createHash } from 'node:crypto';
import type { Cradle } from 'kontor/sdk';
import { sizeOf } from '../zip/theme-files.ts';

type Content = string | Buffer;
type Row = { hash: string; words: string | null; content: Buffer | null };
type Needs = Pick<Cradle, 'clock' | 'database' | 'stores'>;

const TOGETHER = 4 * 1024 * 1024; // bytes of one insert; larger ones only take more memory

/** The name of a content: the same content has the same one everywhere. */
export function hashOf(content: Content): string {
  return createHash('sha256').update(content).digest('base64url');
}

/**
 * Keeps contents of the current store, each once. Part of the caller's transaction; what is there already is only marked as
 * used, so that it is not tidied away meanwhile.
 */
export async function keepContents(
  contents: ReadonlyMap<string, Content>,
  { clock, database, stores }: Needs,
): Promise<void> {
  for (const part of inParts(contents)) {
    await database.query(
      `insert into storefront.theme_contents (store_id, hash, words, bytes_of, bytes, used_at)
       select $1, hash, words, bytes_of, bytes, $6
       from unnest($2::text[], $3::text[], $4::bytea[], $5::integer[]) as c (hash, words, bytes_of, bytes)
       on conflict (store_id, hash) do update set used_at = excluded.used_at`,
      [stores.current().id, ...columnsOf(part), clock.now()],
    );
  }
}

/** Hash, words, bytes and size of contents, a list each. The order is that of the hashes, so that nobody waits in a circle. */
export function columnsOf(part: readonly (readonly [string, Content])[]): unknown[][] {
  const sorted = part.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return [
    sorted.map(([hash]) => hash),
    sorted.map(([, content]) => (typeof content === 'string' ? content : null)),
    sorted.map(([, content]) => (typeof content === 'string' ? null : content)),
    sorted.map(([, content]) => sizeOf(content)),
  ];
}

/** Texts by hash, of the store and of the platform's own themes; what is no text is left out. One query. */
export async function loadTexts(
  hashes: readonly string[],
  { database, stores }: Pick<Needs, 'database' | 'stores'>,
): Promise<Map<string, string>> {
  if (hashes.length === 0) return new Map();
  const rows = await database.query<{ hash: string; words: string }>(
    `select hash, words from storefront.theme_contents
     where store_id = $1 and hash = any($2::text[]) and words is not null
     union all
     select hash, words from storefront.bundled_contents where hash = any($2::text[]) and words is not null`,
    [stores.current().id, hashes],
  );
  return new Map(rows.map(({ hash, words }) => [hash, words]));
}

/** Contents of any kind, by hash. */
export async function loadContents(
  hashes: readonly string[],
  { database, stores }: Pick<Needs, 'database' | 'stores'>,
): Promise<Map<string, Content>> {
  const rows = await database.query<Row>(
    `select hash, words, bytes_of as content from storefront.theme_contents
     where store_id = $1 and hash = any($2::text[])
     union all
     select hash, words, bytes_of from storefront.bundled_contents where hash = any($2::text[])`,
    [stores.current().id, hashes],
  );
  return new Map(rows.map(({ hash, words, content }) => [hash, words ?? content!]));
}

/** Contents in pieces that one statement can carry. */
export function* inParts(contents: ReadonlyMap<string, Content>): Generator<(readonly [string, Content])[]> {
  let part: (readonly [string, Content])[] = [];
  let bytes = 0;
  for (const entry of contents) {
    part.push(entry);
    bytes += sizeOf(entry[1]);
    if (bytes < TOGETHER) continue;
    yield part;
    [part, bytes] = [[], 0];
  }
  if (part.length > 0) yield part;
}
