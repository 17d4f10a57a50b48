import { createHash } from 'node:crypto';
import type { Cradle, Id } from 'kontor/sdk';
import { type ContentSettings, factsOf } from './fill-in.ts';

type Value = { readonly until: number; readonly value: Promise<unknown> };
type OfStore = { readonly revision: string; readonly values: Map<string, Value> };

const MOST_STORES = 2000;
const MOST_VALUES = 200; // of a store: menus by language, policies, redirects
const KEEP_FOR = 60_000; // ms: what other plugins own, e.g. handles of products, may change meanwhile

/** Keeps what visitors ask for again and again in the process, by store. */
export type Kept = <Wanted>(name: string, load: () => Promise<Wanted>) => Promise<Wanted>;

/**
 * Names what visitors see as it is now: two settings are made anew by each change, and reach every process. What the store
 * tells of itself stands in the texts, so that it is part of the name.
 */
export async function revisionOf(
  services: Pick<Cradle, 'platform' | 'settings' | 'stores'>,
): Promise<string> {
  const { revision, defaultsRevision } = await services.settings.get<ContentSettings>();
  const facts = createHash('sha1').update(JSON.stringify(await factsOf(services)));
  return `${revision}/${defaultsRevision}/${facts.digest('base64url').slice(0, 12)}`;
}

export function createKept(services: Pick<Cradle, 'clock' | 'platform' | 'settings' | 'stores'>): Kept {
  const { clock, stores } = services;
  const kept = new Map<Id, OfStore>();

  async function ofStore(): Promise<OfStore> {
    const { id } = stores.current();
    const revision = await revisionOf(services);
    const known = kept.get(id);
    if (known?.revision === revision) return known;
    const fresh = { revision, values: new Map<string, Value>() };
    kept.delete(id);
    kept.set(id, fresh);
    if (kept.size > MOST_STORES) kept.delete(kept.keys().next().value!);
    return fresh;
  }

  return async <Wanted>(name: string, load: () => Promise<Wanted>) => {
    const { values } = await ofStore();
    const now = clock.now().getTime();
    const known = values.get(name);
    if (known && known.until > now) return known.value as Promise<Wanted>;
    if (values.size >= MOST_VALUES) values.clear();
    const value = load();
    value.catch(() => values.delete(name));
    values.set(name, { until: now + KEEP_FOR, value });
    return value;
  };
}

/**
 * Takes the turn of this store's writers, and lets every process read anew after the commit. First in the transaction: who
 * checks addresses afterwards checks what nobody else can change meanwhile.
 */
export async function takeTurn({ random, settings }: Pick<Cradle, 'random' | 'settings'>): Promise<void> {
  await settings.set({ revision: random.uuid() });
}
