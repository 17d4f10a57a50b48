import { LRUCache } from 'lru-cache';
import type { StoreContext } from '../context.ts';
import type { Address } from './load-store.ts';

const STORES = 10_000; // entries; a store has up to three, by id, handle and domain, sharing nothing but code
const MISSES = 10_000; // apart from the stores, so that random hosts push none of them out
const MISS_LASTS = 5000; // ms; every change of a store ends it sooner

type Loading = Promise<StoreContext | undefined>;

/** Stores as this process knows them. All caching of stores happens here; look no further. */
export function createStoreCache(input: {
  load: (by: Address, value: string | number) => Loading;
  /** False while changes may go unheard: then nothing is served from here. */
  isTrusted: () => boolean;
  clock: { now(): Date };
}) {
  const { load, isTrusted, clock } = input;
  const stores = new LRUCache<string, StoreContext>({ max: STORES });
  const missedUntil = new LRUCache<string, number>({ max: MISSES });
  const loads = new Map<string, Loading>();

  /** However many ask at once, one load serves them. */
  async function loadOnce(key: string, by: Address, value: string | number): Loading {
    const loading = load(by, value);
    loads.set(key, loading);
    // What a change has overtaken is answered to those who asked before it, and to nobody after.
    const isLatest = () => loads.get(key) === loading;
    try {
      const store = await loading;
      if (isLatest() && isTrusted()) {
        if (store) stores.set(key, store);
        else missedUntil.set(key, clock.now().getTime() + MISS_LASTS);
      }
      return store;
    } finally {
      if (isLatest()) loads.delete(key);
    }
  }

  return {
    /** Answers at once when warm. */
    find(by: Address, value: string | number): StoreContext | undefined | Loading {
      const key = `${by}:${value}`;
      if (isTrusted()) {
        const known = stores.get(key);
        if (known) return known;
        if (clock.now().getTime() < (missedUntil.get(key) ?? 0)) return undefined;
      }
      return loads.get(key) ?? loadOnce(key, by, value);
    },
    /** Forgets the stores that the question is answered yes for; all of them when left out. */
    drop(isStale: (store: StoreContext) => boolean = () => true): void {
      loads.clear();
      missedUntil.clear();
      for (const [key, store] of stores.entries()) if (isStale(store)) stores.delete(key);
    },
  };
}
