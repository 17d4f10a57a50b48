import type { Cradle, PointDeclaration, PointsService } from 'kontor/sdk';
import { current, type Gate } from '../context.ts';
import type { EnterPlugin, PluginFollower, PluginSet } from '../parts.ts';
import { errors } from './errors.ts';
import { didYouMean } from './nearest.ts';

type Entry = { readonly plugin: string; readonly value: unknown };
type Point = {
  readonly owner?: string;
  readonly declaration: PointDeclaration;
  readonly entries: readonly Entry[];
};
type Board = ReadonlyMap<string, Point>;
/** What one gate lets see, by point; made once for each gate, since pages ask all the time. */
type View = Map<string, { entries: readonly Entry[]; values: readonly unknown[] }>;

/** Points that the kernel itself owns; `Points` in the sdk types them. */
const KERNEL_POINTS = ['signInChallenges', 'noticeChannels', 'rateLimitStores'] as const;

/** Contribution points: who adds what, seen through the gate of the current store, in the order of the plugins. */
export function createPoints(deps: { enter: EnterPlugin }): {
  points: PointsService;
  follower: PluginFollower;
} {
  let board: Board = boardOf([], deps.enter);
  let views = new WeakMap<Gate, View>();
  let everything: View = new Map();

  function look(name: string) {
    const gate = current().store?.gate;
    const view = gate ? (views.get(gate) ?? new Map()) : everything;
    if (gate) {
      views.set(gate, view);
    }
    const seen = view.get(name) ?? seenThrough(name, gate);
    view.set(name, seen);
    return seen;
  }

  function seenThrough(name: string, gate: Gate | undefined) {
    const point = board.get(name);
    if (!point) {
      throw new errors.KERNEL_ERR_UNKNOWN_POINT(name, didYouMean(name, board.keys()));
    }
    const entries = point.entries.filter(({ plugin }) => !gate || gate.plugins.has(plugin));
    return { entries: Object.freeze(entries), values: Object.freeze(entries.map(({ value }) => value)) };
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
        board = boardOf(plugins, deps.enter);
        views = new WeakMap();
        everything = new Map();
        tellOwners({ before, after: board, enter: deps.enter });
      },
    },
  };
}

function boardOf(plugins: PluginSet, enter: EnterPlugin): Board {
  const board = new Map<string, Point & { entries: Entry[] }>();
  for (const name of KERNEL_POINTS) {
    board.set(name, { declaration: {}, entries: [] });
  }
  for (const { manifest, definition } of plugins) {
    for (const [name, declaration] of Object.entries(definition.declares?.points ?? {})) {
      board.set(name, { owner: manifest.id, declaration, entries: [] });
    }
  }
  for (const { manifest, definition, services } of plugins) {
    for (const [name, made] of Object.entries(definition.points ?? {})) {
      const point = board.get(name);
      // The owner may be optional company that does not run.
      if (
        !point &&
        !Object.keys(manifest.worksWith ?? {}).some((id) => !plugins.some((one) => one.manifest.id === id))
      ) {
        const details = { plugin: manifest.id };
        throw new errors.KERNEL_ERR_UNKNOWN_POINT(name, didYouMean(name, board.keys()), { details });
      }
      point?.entries.push(...contributions({ plugin: manifest.id, made, services, enter }));
    }
  }
  return board;
}

function contributions(input: {
  plugin: string;
  made: readonly unknown[] | ((services: Cradle) => readonly unknown[]) | undefined;
  services: Cradle;
  enter: EnterPlugin;
}): Entry[] {
  const { plugin, made, services, enter } = input;
  const values = blaming(plugin, () =>
    typeof made === 'function' ? enter(plugin, () => made(services)) : made,
  );
  return (values ?? []).map((value) => Object.freeze({ plugin, value }));
}

/** An owner hears of each contribution once: what is new to it, and what it was told of and is no more. */
function tellOwners(input: { before: Board; after: Board; enter: EnterPlugin }): void {
  for (const [name, was] of input.before) {
    const is = input.after.get(name);
    const rest = is?.declaration === was.declaration ? is.entries : [];
    tell(was, 'removed', missingIn(rest, was.entries));
  }
  for (const [name, is] of input.after) {
    const was = input.before.get(name);
    const known = was?.declaration === is.declaration ? was.entries : [];
    tell(is, 'added', missingIn(known, is.entries));
  }

  function tell({ owner, declaration }: Point, what: 'added' | 'removed', entries: readonly Entry[]): void {
    const handler = declaration[what];
    if (owner && handler) {
      for (const entry of entries) {
        blaming(owner, () => input.enter(owner, () => handler(entry)));
      }
    }
  }
}

function missingIn(known: readonly Entry[], entries: readonly Entry[]): Entry[] {
  return entries.filter(
    (one) => !known.some((other) => other.plugin === one.plugin && other.value === one.value),
  );
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
