import type { Cradle, PointDeclaration, PointsService } from 'kontor/sdk';
import { current } from '../context.ts';
import { didYouMean } from '../nearest.ts';
import type { EnterPlugin, LoadedPlugin, PluginFollower, PluginSet } from '../parts.ts';
import { errors } from './errors.ts';

type Entry = { readonly plugin: string; readonly value: unknown };
type Point = { owner?: string; declaration: PointDeclaration; entries: Entry[] };
type Board = ReadonlyMap<string, Point>;

/** Points that the kernel itself owns; `Points` in the sdk types them. */
const KERNEL_POINTS = ['signInChallenges', 'noticeChannels', 'rateLimitStores'] as const;

/** Contribution points: who adds what, seen through the gate of the current store, in the order of the plugins. */
export function createPoints({ enter }: { enter: EnterPlugin }): {
  points: PointsService;
  follower: PluginFollower;
} {
  /** What a plugin adds is made once, so that an owner hears of it once. */
  const made = new WeakMap<LoadedPlugin, Map<string, Entry[]>>();
  let board = boardOf([]);

  function entries(name: string): Entry[] {
    const point = board.get(name);
    if (!point) throw new errors.KERNEL_ERR_UNKNOWN_POINT(name, didYouMean(name, board.keys()));
    const gate = current().store?.gate;
    return point.entries.filter(({ plugin }) => !gate || gate.plugins.has(plugin));
  }

  function boardOf(plugins: PluginSet): Board {
    const next = new Map<string, Point>();
    for (const name of KERNEL_POINTS) next.set(name, { declaration: {}, entries: [] });
    for (const { manifest, definition } of plugins) {
      for (const [name, declaration] of Object.entries(definition.declares?.points ?? {}))
        next.set(name, { owner: manifest.id, declaration, entries: [] });
    }
    const ids = new Set(plugins.map(({ manifest }) => manifest.id));
    for (const plugin of plugins) {
      const { id, worksWith = {} } = plugin.manifest;
      const additions = made.get(plugin) ?? additionsOf(plugin);
      made.set(plugin, additions);
      for (const [name, added] of additions) {
        next.get(name)?.entries.push(...added);
        // The owner may be optional company that does not run.
        if (next.has(name) || !Object.keys(worksWith).every((other) => ids.has(other))) continue;
        const options = { details: { plugin: id } };
        throw new errors.KERNEL_ERR_UNKNOWN_POINT(name, didYouMean(name, next.keys()), options);
      }
    }
    return next;
  }

  function additionsOf({ manifest: { id }, definition, services }: LoadedPlugin): Map<string, Entry[]> {
    type Made = readonly unknown[] | ((services: Cradle) => readonly unknown[]);
    const points = Object.entries(definition.points ?? {}) as [string, Made][];
    return new Map(
      points.map(([name, list]) => {
        const values = typeof list === 'function' ? blaming(id, () => list(services)) : list;
        return [name, values.map((value) => Object.freeze({ plugin: id, value }))];
      }),
    );
  }

  /** An owner hears of each contribution once: what is new to it, and what it was told of and is no more. */
  function tellOwners(these: Board, others: Board, what: 'added' | 'removed'): void {
    for (const [name, { owner, declaration, entries }] of these) {
      const other = others.get(name);
      const known = other?.declaration === declaration ? other.entries : [];
      const handler = declaration[what];
      if (!owner || !handler) continue;
      for (const entry of entries) {
        if (!known.includes(entry)) blaming(owner, () => handler(entry));
      }
    }
  }

  /** Enters a plugin's code so that the plugin host knows whose fault an error is. */
  function blaming<Value>(plugin: string, work: () => Value): Value {
    try {
      return enter(plugin, work);
    } catch (cause) {
      const options = { cause, details: { plugin } };
      throw new errors.KERNEL_ERR_PLUGIN_SET_UP(plugin, (cause as Error).message, options);
    }
  }

  return {
    points: {
      of: (name) => entries(name).map(({ value }) => value) as never,
      entries: (name) => entries(name) as never,
    },
    follower: {
      name: 'points',
      follow(plugins) {
        const before = board;
        board = boardOf(plugins);
        tellOwners(before, board, 'removed');
        tellOwners(board, before, 'added');
      },
    },
  };
}
