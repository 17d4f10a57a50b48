import { inspect } from 'node:util';

import { ok, refused, type GuardAnswer, type KernelServices, type TraceStep } from 'kontor/sdk';
import { current, within } from '../context.ts';
import type { EnterPlugin, KernelLog, PluginSet } from '../parts.ts';
import { createCircuits } from './circuits.ts';
import { compileHooks, type Hook, type Hooks } from './compile.ts';
import { checkGiven, known, type Declarations } from './declarations.ts';
import { errors } from './errors.ts';
import { createFreeze } from './freeze.ts';
import { createRunHandler, type Savepoints } from './run-handler.ts';

export type FiltersInput = {
  declared: Declarations;
  clock: KernelServices['clock'];
  log: KernelLog;
  metrics: KernelServices['metrics'];
  enter: EnterPlugin;
  savepoints: Savepoints;
};

/** Filters and guards: run in process, in the caller's transaction and store. */
export function createFilters(deps: FiltersInput) {
  const { declared } = deps;
  const runHandler = createRunHandler({ ...deps, circuits: createCircuits(deps) });
  let hooks: Hooks = compileHooks([], declared);

  /** What is asked is frozen from here on: handlers and the caller make a new value where they want another. */
  function begin<One extends Hook>(
    kind: 'filter' | 'guard',
    table: ReadonlyMap<string, One>,
    name: string,
    value: unknown,
  ) {
    const hook = known(kind, table, name);
    const context = current();
    if (context.lease?.ended) throw new errors.KERNEL_ERR_HOOK_LATE(context.plugin, kind, name);
    checkGiven(kind, hook, value);
    const freeze = createFreeze();
    freeze(value);
    const plugins = context.store?.gate.plugins;
    const handlers = plugins ? hook.handlers.filter(({ plugin }) => plugins.has(plugin)) : hook.handlers;
    return { hook, handlers, freeze, trace: context.trace };
  }

  async function filter(name: string, value: unknown): Promise<unknown> {
    const { hook, handlers, freeze, trace } = begin('filter', hooks.filters, name, value);
    let standing = value;
    for (const handler of handlers) {
      const before = standing;
      // The same value again has been checked, and cannot have changed.
      const check = (answer: unknown) => (answer === before ? undefined : hook.check(answer));
      const running = runHandler({ hook, handler, value: before, check });
      const { answer, milliseconds, fault } = running instanceof Promise ? await running : running;
      if (fault === undefined) standing = freeze(answer);
      const { plugin, version } = handler;
      trace?.push({ hook: name, plugin, version, before, after: standing, milliseconds, fault });
    }
    return standing;
  }

  async function guard(name: string, subject: unknown) {
    const { hook, handlers, trace } = begin('guard', hooks.guards, name, subject);
    for (const handler of handlers) {
      const running = runHandler({ hook, handler, value: subject, check: faultOfAnswer });
      const { answer, milliseconds, fault } = running instanceof Promise ? await running : running;
      const { plugin, version } = handler;
      trace?.push({ hook: name, plugin, version, before: subject, after: answer, milliseconds, fault });
      const refusal = answer as GuardAnswer;
      if (refusal) return refused(refusal.refuse, refusal.details);
      const isClosed = hook.declaration.whenBroken === 'closed';
      if (fault !== undefined && isClosed) return refused('guardBroken', { guard: name });
    }
    return ok();
  }

  return {
    hooks: { filter, guard, trace: traced } as KernelServices['hooks'],
    /** Prepares a new set, or throws and leaves the old one; the answer puts it in place. */
    prepare(plugins: PluginSet): () => void {
      const next = compileHooks(plugins, declared, hooks);
      return () => {
        hooks = next;
      };
    },
    order: () =>
      [...hooks.filters.values(), ...hooks.guards.values()].map(
        ({ kind, name, handlers }) => [`${kind} ${name}`, handlers.map(({ plugin }) => plugin)] as const,
      ),
  };
}

async function traced<Value>(work: () => Promise<Value>): Promise<{ value: Value; steps: TraceStep[] }> {
  const around = current().trace;
  const steps: TraceStep[] = [];
  try {
    return { value: await within({ trace: steps }, work), steps };
  } finally {
    around?.push(...steps);
  }
}

function faultOfAnswer(answer: unknown): string | undefined {
  if (answer === undefined) return undefined;
  const { refuse, details } = (answer ?? {}) as { refuse?: unknown; details?: unknown };
  const isReason = typeof refuse === 'string' && refuse !== '';
  if (isReason && typeof (details ?? {}) === 'object') return undefined;
  return `expected nothing or { refuse: 'reason', details }, got ${inspect(answer).slice(0, 80)}`;
}
