import { BoundedMap } from '../bounded-map.ts';
import type { Changes } from '../parts.ts';

const MOST = 20_000; // entries, about 10 MB

/** What may change it, as keys of its topic. */
export type Owned = { readonly owners: readonly string[] };

/** Who a token belongs to, and how long that holds. */
export type Known<Identity> = Owned & {
  identity: Identity;
  /** Milliseconds since 1970. */
  expires: number;
  seen: number;
  /** Milliseconds it may go unused. */
  idle: number;
  /** Writes the time of this use. */
  touch(now: Date): Promise<unknown>;
};

/**
 * Keeps what was loaded until a change of one of its owners is heard. While changes are not heard, it neither gives nor
 * keeps anything.
 */
export function createCache<Value extends Owned>(changes: Pick<Changes, 'isLive' | 'on'>, topic: string) {
  const entries = new BoundedMap<string, Value>(MOST);
  let generation = 0;

  function drop(owner: string): void {
    generation += 1;
    entries.forget(({ owners }) => owner === '*' || owners.includes(owner));
  }

  changes.on(topic, drop);
  return {
    drop,
    get: (key: string): Value | undefined => (changes.isLive ? entries.get(key) : undefined),
    async load(key: string, query: () => Promise<Value | undefined>): Promise<Value | undefined> {
      const before = generation;
      const value = await query();
      // A change that was heard meanwhile may be newer than what was read.
      if (value !== undefined && generation === before && changes.isLive) entries.set(key, value);
      return value;
    },
  };
}
