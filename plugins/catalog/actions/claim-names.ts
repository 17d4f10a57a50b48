import { type Cradle, type Id, ok, refused } from 'kontor/sdk';
import { slug } from '../services/texts.ts';
import { loadTaken } from './load-for-change.ts';
import { handlesOf } from './write-products.ts';
import { changing, type Entries, type Entry } from './wish.ts';

const SUFFIXES = Array.from({ length: 19 }, (_, at) => `-${at + 2}`);

/** Refuses addresses and SKUs that others have. One statement, none when nobody wants a new one. */
export async function claimNames(services: Cradle, entries: Entries): Promise<Entries> {
  const { database, random, stores } = services;
  const taken = await loadTaken(
    { database, storeId: stores.current().id },
    {
      handles: changing(entries).flatMap(wantedHandles),
      skus: changing(entries).flatMap(wantedSkus),
    },
  );
  return claimAll(entries, { ...taken, random });
}

function wantedHandles({ draft, existing, isHandleGiven }: Entry): string[] {
  const had = existing ? handlesOf(existing) : [];
  const suffixed = existing || isHandleGiven ? [] : SUFFIXES.map((suffix) => draft.handle + suffix);
  return [...handlesOf(draft).filter((handle) => !had.includes(handle)), ...suffixed];
}

function wantedSkus({ draft, existing }: Entry): string[] {
  const had = new Set(existing?.variants.map(({ sku }) => sku));
  return draft.variants.map(({ sku }) => sku).filter((sku) => sku !== '' && !had.has(sku));
}

/** Gives handles and SKUs to those who want them first; an address made of a title gets a number where it is taken. */
function claimAll(
  entries: Entries,
  taken: { handles: Map<string, Id>; skus: Map<string, Id>; random: Cradle['random'] },
): Entries {
  const claimed = { handles: new Map<string, Entry>(), skus: new Map<string, Entry>() };
  return entries.map((entry) => {
    if (!entry.ok || !entry.value.isChanged) return entry;
    const one = { ...entry.value };
    const isFree = (kind: 'handles' | 'skus', value: string) => {
      const owner = taken[kind].get(value);
      return (owner === undefined || owner === one.existing?.id) && !claimed[kind].has(value);
    };
    if (!one.existing && !one.isHandleGiven && !isFree('handles', one.draft.handle)) {
      const suffix = SUFFIXES.find((text) => isFree('handles', one.draft.handle + text));
      const handle = one.draft.handle + (suffix ?? `-${slug(taken.random.token())}`);
      one.draft = { ...one.draft, handle };
    }
    const handle = handlesOf(one.draft).find((text) => !isFree('handles', text));
    if (handle !== undefined) return refused('handleTaken', { handle });
    const skus = one.draft.variants.map(({ sku }) => sku).filter((text) => text !== '');
    const sku = skus.find((text) => !isFree('skus', text));
    if (sku !== undefined) return refused('skuTaken', { sku });
    for (const text of handlesOf(one.draft)) claimed.handles.set(text, one);
    for (const text of skus) claimed.skus.set(text, one);
    return ok(one);
  });
}
