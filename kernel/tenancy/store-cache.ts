import type { StoreContext } from '../context.ts';
import { BoundedMap } from '../bounded-map.ts';
import type { Address } from './load-store.ts';

const STORES = 10_000; // entries; a store has up to three, by id, handle and domain, sharing nothing but code
const MISSES = 10_000; // apart from the stores, so that random hosts push none of them out
const MISS_LASTS = 5000; // ms; every change of a store ends it sooner

export type StoreCache = {
  /** Answers at once when warm. */
  find(by: Address, value: string | number): StoreContext | undefined | Promise<StoreContext | undefined>;
  /** Forgets the stores that the question is answered yes for; all of them when left out. */
  drop(isStale?: (store: StoreContext) => boolean): void;
};

/** Stores as this process knows them. All caching of stores happens here; look no further. */
export function createStoreCache(input: {
  load: (by: Address, value: string | number) => Promise<StoreContext | undefined>;
  /** False while changes may go unheard: then nothing is served from here. */
  isTrusted: () => boolean;
  clock: { now(): Date };
}): StoreCache {
  const { load, isTrusted, clock } = input;
  const stores = new BoundedMap<string, StoreContext>(STORES);
  const misses = new BoundedMap<string, number>(MISSES);
  const loads = new Map<string, Promise<StoreContext | undefined>>();
  let generation = 0;

  function find(by: Address, value: string | number): ReturnType<StoreCache['find']> {
    const key = `${by}:${value}`;
    if (isTrusted()) {
      const known = stores.get(key);
      if (known) return known;
      const missedUntil = misses.get(key);
      if (missedUntil !== undefined && clock.now().getTime() < missedUntil) return undefined;
    }
    return loads.get(key) ?? start(key, by, value);
  }

  /** However many ask at once, one load serves them. */
  function start(key: string, by: Address, value: string | number): Promise<StoreContext | undefined> {
    const born = generation;
    const loading = load(by, value)
      .then((store) => {
        // What a change has overtaken is answered to those who asked before it, and to nobody after.
        if (born === generation && isTrusted()) remember(key, store);
        return store;
      })
      .finally(() => {
        if (loads.get(key) === loading) loads.delete(key);
      });
    loads.set(key, loading);
    return loading;
  }

  function remember(key: string, store: StoreContext | undefined): void {
    if (store) stores.set(key, store);
    else misses.set(key, clock.now().getTime() + MISS_LASTS);
  }

  function drop(isStale?: (store: StoreContext) => boolean): void {
    generation += 1;
    loads.clear();
    misses.clear();
    if (isStale) stores.forget(isStale);
    else stores.clear();
  }

  return { find, drop };
}
