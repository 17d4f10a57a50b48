import type { HandlerPlace, Manifest } from 'kontor/sdk';
import { errors } from './errors.ts';

type Edge = { first: string; last: string; because: string };

/**
 * Puts the plugins that handle one hook in order: who depends runs after, then `before` and `after` of the manifests, then
 * the id. The same plugins give the same order, however they were installed.
 *
 * @param plugins - manifests of all running plugins
 * @param places - by id of each plugin that handles the hook
 * @throws KERNEL_ERR_HOOK_CYCLE with the path that makes it
 */
export function orderHandlers(input: {
  kind: 'filter' | 'guard';
  name: string;
  plugins: readonly Manifest[];
  places: ReadonlyMap<string, HandlerPlace>;
}): string[] {
  const edges = edgesOf(input);
  const waiting = new Set([...input.places.keys()].sort());
  const ordered: string[] = [];
  while (waiting.size > 0) {
    const next = [...waiting].find(
      (id) => !edges.some((edge) => edge.last === id && waiting.has(edge.first)),
    );
    if (next === undefined) throw cycle(`${input.kind} ${input.name}`, edges, waiting);
    waiting.delete(next);
    ordered.push(next);
  }
  return ordered;
}

function edgesOf({ kind, plugins, places }: Parameters<typeof orderHandlers>[0]): Edge[] {
  const edges: Edge[] = [];
  const needs = new Map(plugins.map((manifest) => [manifest.id, manifest]));
  for (const [id, place] of places) {
    const because = `${id}/plugin.json contributes.${kind}s`;
    for (const first of place.after ?? []) edges.push({ first, last: id, because });
    for (const last of place.before ?? []) edges.push({ first: id, last, because });
    for (const [first, chain] of ancestors(id, needs)) edges.push({ first, last: id, because: chain });
  }
  const isAmong = ({ first, last }: Edge) => first !== last && places.has(first) && places.has(last);
  return edges.filter(isAmong);
}

/** Everything a plugin stands on, directly or not, with the manifests that say so. */
function ancestors(id: string, manifests: ReadonlyMap<string, Manifest>): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (from: string, chain: readonly string[]) => {
    const manifest = manifests.get(from);
    for (const field of ['dependsOn', 'worksWith'] as const) {
      for (const other of Object.keys(manifest?.[field] ?? {}).sort()) {
        if (found.has(other) || !manifests.has(other)) continue;
        const longer = [...chain, `${from}/plugin.json ${field}`];
        found.set(other, longer.join(', '));
        visit(other, longer);
      }
    }
  };
  visit(id, []);
  return found;
}

/** Goes back from plugin to plugin until one comes again: what lies between is the cycle. `waiting` is in order of ids. */
function cycle(hook: string, edges: readonly Edge[], waiting: ReadonlySet<string>): Error {
  const path: Edge[] = [];
  for (let at = [...waiting][0]!; !path.some((edge) => edge.last === at); at = path[0]!.first) {
    const before = edges.filter((edge) => edge.last === at);
    const smallest = [...waiting].find((id) => before.some((edge) => edge.first === id));
    path.unshift(before.find((edge) => edge.first === smallest)!);
  }
  const round = path.slice(0, path.findIndex((edge) => edge.last === path[0]!.first) + 1);
  const plugins = round.map((edge) => edge.first);
  const start = plugins.indexOf([...plugins].sort()[0]!);
  const turned = [...round.slice(start), ...round.slice(0, start)];
  const sentence = turned.map((edge) => `${edge.first} before ${edge.last} (${edge.because})`).join(', ');
  return new errors.KERNEL_ERR_HOOK_CYCLE(hook, sentence, { details: { plugins: plugins.sort() } });
}
