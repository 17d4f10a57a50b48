import { createHash } from 'node:crypto';
import type { Cradle } from 'kontor/sdk';

const HOUR = 3_600_000; // ms
const PER_SENDER = 5; // an hour: nobody who means it writes more
const PER_STORE = 200; // an hour, from everywhere: a flood from many addresses ends here

/** Whoever writes without an account: an address that people have, a text. */
export const ADDRESS = /^[^\s@<>",;]{1,64}@[^\s@<>",;]{1,189}\.[^\s@<>",;.]{2,63}$/;

/** Who sends, for counting: a hash of address, store and day, so that it leads to nobody. */
export function originOf(ip: string, { clock, stores }: Pick<Cradle, 'clock' | 'stores'>): string {
  const day = clock.now().toISOString().slice(0, 10);
  return createHash('sha256').update(`${stores.current().id} ${day} ${ip}`).digest('base64url').slice(0, 22);
}

/** Whether there was too much within the last hour, of one sender or of all. */
export async function isTooMuch(
  { clock, database, stores }: Pick<Cradle, 'clock' | 'database' | 'stores'>,
  { table, origin }: { table: 'content.comments' | 'content.messages'; origin: string },
): Promise<boolean> {
  const [row] = await database.query<{ own: number; all: number }>(
    `select count(*) filter (where origin = $2) as own, count(*) as all
     from (select origin from ${table} where store_id = $1 and created_at > $3 limit ${PER_STORE}) as latest`,
    [stores.current().id, origin, new Date(clock.now().getTime() - HOUR)],
  );
  return row!.own >= PER_SENDER || row!.all >= PER_STORE;
}

/** How many links a text has, as people and programs write them. */
export function countLinks(text: string): number {
  return text.match(/https?:\/\/|www\.|\[url|<a\s/gi)?.length ?? 0;
}
