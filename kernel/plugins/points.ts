import type { Cradle, PointDeclaration, PointsService } from 'kontor/sdk';
import { current, type Gate } from '../context.ts';
import type { EnterPlugin, LoadedPlugin, PluginFollower, PluginSet } from '../parts.ts';
import { errors } from './errors.ts';
import { didYouMean } from '../nearest.ts';

type Entry = { readonly plugin: string; readonly value: unknown };
type Point = { owner?: string; declaration: PointDeclaration; entries: Entry[] };
type Board = ReadonlyMap<string, Point>;
type Seen = { entries: readonly Entry[]; values: readonly unknown[] };

/** Points that the kernel itself owns; `Points` in the sdk types them. */
const KERNEL_POINTS = ['signInChallenges', 'noticeChannels', 'rateLimitStores'] as const;
/** Stands for the gate where there is no store: everything is seen. */
const OPEN = {};

/** Contribution points: who adds what, seen through the gate of the current store, in the order of the plugins. */
export function createPoints(deps: { enter: EnterPlugin }): {
  points: PointsService;
  follower: PluginFollower;
} {
  /** What a plugin adds is made once, so that an owner hears of it once. */
  const made = new WeakMap<LoadedPlugin, ReadonlyMap<string, readonly Entry[]>>();
  let board = boardOf([], () => new Map());
  /** What one gate lets see of each point, since pages ask all the time. */
  let views = new WeakMap<Gate | typeof OPEN, Map<string, Seen>>();

  function look(name: string): Seen {
    const gate = current().store?.gate;
    const view = views.get(gate ?? OPEN) ?? new Map<string, Seen>();
    views.set(gate ?? OPEN, view);
    const seen = view.get(name) ?? seenThrough(name, gate);
    view.set(name, seen);
    return seen;
  }

  function seenThrough(name: string, gate: Gate | undefined): Seen {
    const point = board.get(name);
    if (!point) throw new errors.KERNEL_ERR_UNKNOWN_POINT(name, didYouMean(name, board.keys()));
    const entries = point.entries.filter(({ plugin }) => !gate || gate.plugins.has(plugin));
    return { entries: Object.freeze(entries), values: Object.freeze(entries.map(({ value }) => value)) };
  }

  function additionsOf(plugin: LoadedPlugin): ReadonlyMap<string, readonly Entry[]> {
    const additions = made.get(plugin) ?? makeAdditions(plugin, deps.enter);
    made.set(plugin, additions);
    return additions;
  }

  return {
    points: {
      of: (name) => look(name).values as never,
      entries: (name) => look(name).entries as never,
    },
    follower: {
      name: 'points',
      follow(plugins) {
        const before = board;
        board = boardOf(plugins, additionsOf);
        views = new WeakMap();
        tellOwners({ before, after: board, enter: deps.enter });
      },
    },
  };
}

function boardOf(
  plugins: PluginSet,
  additionsOf: (plugin: LoadedPlugin) => ReadonlyMap<string, readonly Entry[]>,
): Board {
  const board = new Map<string, Point>(KERNEL_POINTS.map((name) => [name, { declaration: {}, entries: [] }]));
  for (const { manifest, definition } of plugins) {
    for (const [name, declaration] of Object.entries(definition.declares?.points ?? {})) {
      board.set(name, { owner: manifest.id, declaration, entries: [] });
    }
  }
  const ids = new Set(plugins.map(({ manifest }) => manifest.id));
  for (const plugin of plugins) {
    const { id, worksWith = {} } = plugin.manifest;
    for (const [name, entries] of additionsOf(plugin)) {
      const point = board.get(name);
      // The owner may be optional company that does not run.
      if (!point && Object.keys(worksWith).every((other) => ids.has(other))) {
        const options = { details: { plugin: id } };
        throw new errors.KERNEL_ERR_UNKNOWN_POINT(name, didYouMean(name, board.keys()), options);
      }
      point?.entries.push(...entries);
    }
  }
  return board;
}

function makeAdditions({ manifest: { id }, definition, services }: LoadedPlugin, enter: EnterPlugin) {
  type Made = readonly unknown[] | ((services: Cradle) => readonly unknown[]);
  const points = Object.entries(definition.points ?? {}) as [string, Made][];
  return new Map(
    points.map(([name, made]) => {
      const values = typeof made === 'function' ? blaming(id, () => enter(id, () => made(services))) : made;
      return [name, values.map((value) => Object.freeze({ plugin: id, value }))];
    }),
  );
}

/** An owner hears of each contribution once: what is new to it, and what it was told of and is no more. */
function tellOwners({ before, after, enter }: { before: Board; after: Board; enter: EnterPlugin }): void {
  tell(before, after, 'removed');
  tell(after, before, 'added');

  function tell(these: Board, others: Board, what: 'added' | 'removed'): void {
    for (const [name, { owner, declaration, entries }] of these) {
      const other = others.get(name);
      const known = other?.declaration === declaration ? other.entries : [];
      const handler = declaration[what];
      if (!owner || !handler) continue;
      for (const entry of entries.filter((one) => !known.includes(one))) {
        blaming(owner, () => enter(owner, () => handler(entry)));
      }
    }
  }
}

/** Runs a plugin's code so that the plugin host knows whose fault an error is. */
function blaming<Value>(plugin: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    const options = { cause: error, details: { plugin } };
    throw new errors.KERNEL_ERR_PLUGIN_SET_UP(plugin, (error as Error).message, options);
  }
}
