import { type Content, type Cradle, ok, refused } from 'kontor/sdk';
import { takeTurn } from '../services/kept.ts';
import { hostOf, tidyPath, tidyTarget } from '../services/urls.ts';

type Pair = { from: string; to: string };
export const MOST_REDIRECTS = 10_000; // of a store; all of them are looked through for loops

/** Makes or changes redirects, all or none. One that would lead back to itself, on whatever way, is refused. */
export async function saveRedirects(
  services: Cradle,
  redirects: readonly Pair[],
): ReturnType<Content['saveRedirects']> {
  const { clock, database, events, stores } = services;
  const tidy = redirects.map((pair) => tidyPair(pair, hostOf(services)));
  const wrong = tidy.indexOf(undefined);
  if (wrong >= 0) return refused('invalid', { index: wrong, ...redirects[wrong] });
  const wanted = new Map(tidy.map((pair) => [pair!.from, pair!.to]));
  return database.transaction(async () => {
    await takeTurn(services);
    const storeId = stores.current().id;
    const rows = await database.query<Pair>(
      'select from_path as "from", target as "to" from content.redirects where store_id = $1',
      [storeId],
    );
    const all = new Map([...rows.map(({ from, to }) => [from, to] as const), ...wanted]);
    if (all.size > MOST_REDIRECTS) return refused('tooMany', { max: MOST_REDIRECTS });
    const loop = [...wanted.keys()].find((from) => leadsBack(from, all));
    if (loop !== undefined) return refused('loop', { from: loop, to: wanted.get(loop) });
    await database.query(
      `insert into content.redirects (store_id, from_path, target, created_at)
       select $1, f, t, $4 from unnest($2::text[], $3::text[]) as r (f, t)
       on conflict (store_id, from_path) do update set target = excluded.target`,
      [storeId, [...wanted.keys()], [...wanted.values()], clock.now()],
    );
    await events.emit('content.redirects_saved', { count: wanted.size }, { entity: 'redirects' });
    return ok({ saved: wanted.size });
  });
}

/** Follows a path through redirects to where it ends; undefined where it never does. */
export function followed(path: string, targetOf: (path: string) => string | undefined): string | undefined {
  const seen = new Set<string>();
  let end: string | undefined;
  for (let at: string | undefined = path; at !== undefined && !seen.has(at); ) {
    seen.add(at);
    const next = targetOf(at);
    if (next === undefined) return end;
    end = next;
    at = tidyPath(next);
    if (at === undefined) return end;
  }
  return undefined;
}

function leadsBack(from: string, all: ReadonlyMap<string, string>): boolean {
  return followed(from, (path) => all.get(path)) === undefined;
}

function tidyPair({ from, to }: Pair, host: string): Pair | undefined {
  const path = tidyPath(from);
  const target = tidyTarget(to, { host, ways: 'web' });
  return path === undefined || target === undefined ? undefined : { from: path, to: target };
}
