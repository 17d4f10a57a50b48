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
  return edges.filter(isAmong).sort((a, b) => (a.first < b.first ? -1 : 1));
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

/** Goes back from plugin to plugin until one comes again: what lies between is the cycle. */
function cycle(hook: string, edges: readonly Edge[], waiting: ReadonlySet<string>): Error {
  const path: Edge[] = [];
  let at = [...waiting][0]!;
  while (!path.some((edge) => edge.last === at)) {
    const edge = edges.find((one) => one.last === at && waiting.has(one.first))!;
    path.unshift(edge);
    at = edge.first;
  }
  const closed = path.slice(0, path.findIndex((edge) => edge.last === at) + 1);
  const smallest = closed.reduce(
    (least, edge, index) => (edge.first < closed[least]!.first ? index : least),
    0,
  );
  const turned = [...closed.slice(smallest), ...closed.slice(0, smallest)];
  const sentence = turned
    .map(({ first, last, because }) => `${first} before ${last} (${because})`)
    .join(', ');
  return new errors.KERNEL_ERR_HOOK_CYCLE(hook, sentence, {
    details: { plugins: turned.map((edge) => edge.first) },
  });
}
