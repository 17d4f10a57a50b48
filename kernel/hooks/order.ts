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
    const next = [...waiting].find((id) => !edgeInto(id, edges, waiting));
    if (next === undefined) throw cycle(`${input.kind} ${input.name}`, edges, waiting);
    waiting.delete(next);
    ordered.push(next);
  }
  return ordered;
}

function edgesOf({ kind, plugins, places }: Parameters<typeof orderHandlers>[0]): Edge[] {
  const edges: Edge[] = [];
  const manifests = new Map(plugins.map((manifest) => [manifest.id, manifest]));
  for (const [id, { after = [], before = [] }] of places) {
    const because = `${id}/plugin.json contributes.${kind}s`;
    for (const first of after) edges.push({ first, last: id, because });
    for (const last of before) edges.push({ first: id, last, because });
    for (const [first, chain] of ancestors(id, manifests)) edges.push({ first, last: id, because: chain });
  }
  return edges
    .filter(({ first, last }) => first !== last && places.has(first) && places.has(last))
    .sort((one, other) => one.first.localeCompare(other.first)); // so that one cycle is always told alike
}

/** Everything a plugin stands on, directly or not, with the manifests that say so. */
function ancestors(id: string, manifests: ReadonlyMap<string, Manifest>): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (from: string, chain: readonly string[]) => {
    for (const field of ['dependsOn', 'worksWith'] as const) {
      for (const other of Object.keys(manifests.get(from)?.[field] ?? {})) {
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

function edgeInto(id: string, edges: readonly Edge[], waiting: ReadonlySet<string>): Edge | undefined {
  return edges.find(({ first, last }) => last === id && waiting.has(first));
}

/** Goes back from plugin to plugin until one comes again: what lies between is the cycle. */
function cycle(hook: string, edges: readonly Edge[], waiting: ReadonlySet<string>): Error {
  const path: Edge[] = [];
  let at = [...waiting][0]!;
  while (!path.some(({ last }) => last === at)) {
    path.unshift(edgeInto(at, edges, waiting)!);
    at = path[0]!.first;
  }
  const round = path.slice(0, path.findIndex(({ last }) => last === at) + 1);
  const plugins = round.map(({ first }) => first).sort();
  const start = round.findIndex(({ first }) => first === plugins[0]);
  const turned = [...round.slice(start), ...round.slice(0, start)];
  const sentence = turned
    .map(({ first, last, because }) => `${first} before ${last} (${because})`)
    .join(', ');
  return new errors.KERNEL_ERR_HOOK_CYCLE(hook, sentence, { details: { plugins } });
}
