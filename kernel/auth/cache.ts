import { LRUCache } from 'lru-cache';
import type { AuthDeps } from './common.ts';

const TOPIC = 'auth';
const MOST = 50_000; // entries, about 25 MB
const SEEN_EVERY = 5 * 60_000; // a write a request would cost more than the request

/** What was loaded, and whose change ends it. */
export type Known<Value> = {
  value: Value;
  owners: readonly string[];
  /** Of what ends with time, in milliseconds (since 1970). */
  ends?: {
    at: number;
    seen: number;
    /** How long it may go unused. */
    idle: number;
    /** Writes the time of this use. */
    touch(now: Date): Promise<unknown>;
  };
};

/**
 * Keeps what was loaded until a change of one of its owners is heard. While changes are not heard, it neither gives nor
 * keeps anything.
 */
export function createCache({ changes, clock, log }: Pick<AuthDeps, 'changes' | 'clock' | 'log'>) {
  const entries = new LRUCache<string, Known<unknown>>({ max: MOST });
  let generation = 0;
  changes.on(TOPIC, drop);

  function drop(owner: string): void {
    generation += 1;
    for (const [key, { owners }] of entries.entries())
      if (owner === '*' || owners.includes(owner)) entries.delete(key);
  }

  /** As long as it holds; the rest asks the database, which alone refuses. */
  function fresh<Value>(known: Known<Value> | undefined): Value | undefined {
    if (!known?.ends) return known?.value;
    const { at, seen, idle, touch } = known.ends;
    const now = clock.now();
    const unused = now.getTime() - seen;
    if (now.getTime() >= at || unused >= idle) return undefined;
    if (unused >= SEEN_EVERY) {
      known.ends.seen = now.getTime();
      touch(now).catch((err) => log.warn({ err }, 'the time of a last use was not written'));
    }
    return known.value;
  }

  async function ask<Value>(key: string, load: () => Promise<Known<Value> | undefined>) {
    const before = generation;
    const known = await load();
    // A change that was heard meanwhile may be newer than what was read.
    if (known && generation === before && changes.isLive) entries.set(key, known);
    return fresh(known);
  }

  return {
    /** Warm, it answers at once. A key always stands for the same kind of value. */
    get<Value>(
      key: string,
      load: () => Promise<Known<Value> | undefined>,
    ): Value | undefined | Promise<Value | undefined> {
      const known = changes.isLive ? (entries.get(key) as Known<Value> | undefined) : undefined;
      return fresh(known) ?? ask(key, load);
    },
    drop,
    /** On this node at once; the others hear it when the open transaction commits. */
    async changed(owner: string): Promise<void> {
      await changes.announce({ topic: TOPIC, key: owner });
      drop(owner);
    },
  };
}
export type Cache = ReturnType<typeof createCache>;
