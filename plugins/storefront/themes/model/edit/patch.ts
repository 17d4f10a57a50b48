import type { Json } from 'kontor/sdk';
import { isObject } from '../lenient-json.ts';

/** One place of a document that changes; without a value it is taken away. */
export type PatchStep = { readonly at: readonly string[]; readonly value?: Json };
/** What makes one document of another. Lists are replaced whole. */
export type Patch = readonly PatchStep[];

/** What makes `after` of `before`. */
export function patchBetween(before: Json, after: Json, at: readonly string[] = []): Patch {
  if (!isObject(before) || !isObject(after)) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ at, value: after }];
  }
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name): Patch => {
    const here = [...at, name];
    if (!Object.hasOwn(after, name)) return [{ at: here }];
    if (!Object.hasOwn(before, name)) return [{ at: here, value: after[name]! }];
    return patchBetween(before[name]!, after[name]!, here);
  });
}

/**
 * The document with the changes made; the one that came stays as it is.
 *
 * @returns undefined when a place is not there
 */
export function applyPatch(document: Json, patch: Patch): Json | undefined {
  let after: Json | undefined = document;
  for (const { at, value } of patch) {
    if (after !== undefined) after = changed(after, at, value);
  }
  return after;
}

function changed(node: Json, [name, ...rest]: readonly string[], value: Json | undefined): Json | undefined {
  if (name === undefined) return value;
  if (!isObject(node)) return undefined;
  const isLast = rest.length === 0;
  if (!isLast && !Object.hasOwn(node, name)) return undefined;
  const inner = isLast ? value : changed(node[name]!, rest, value);
  if (inner === undefined && !isLast) return undefined;
  const entries = Object.entries(node).filter(([key]) => key !== name || inner !== undefined);
  const isNew = !Object.hasOwn(node, name) && inner !== undefined;
  const all = entries.map(([key, old]) => [key, key === name ? inner! : old] as const);
  return Object.fromEntries(isNew ? [...all, [name, inner]] : all);
}
