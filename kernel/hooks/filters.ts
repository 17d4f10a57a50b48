import { inspect } from 'node:util';

import { ok, refused, type GuardAnswer, type KernelServices, type TraceStep } from 'kontor/sdk';
import { current, within, type Context } from '../context.ts';
import type { EnterPlugin, KernelLog, PluginSet } from '../parts.ts';
import { createCircuits } from './circuits.ts';
import { compileHooks, type Handler, type Hook, type Hooks } from './compile.ts';
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
    return { hook, context, handlers, freeze };
  }

  async function filter(name: string, value: unknown): Promise<unknown> {
    const { hook, context, handlers, freeze } = begin('filter', hooks.filters, name, value);
    let standing = value;
    for (const handler of handlers) {
      const before = standing;
      // The same value again has been checked, and cannot have changed.
      const running = runHandler(hook, handler, before, (answer) =>
        answer === before ? undefined : hook.check(answer),
      );
      const outcome = running instanceof Promise ? await running : running;
      if (outcome.fault === undefined) standing = freeze(outcome.answer);
      note(context, hook, handler, { ...outcome, before, after: standing });
    }
    return standing;
  }

  async function guard(name: string, subject: unknown) {
    const { hook, context, handlers } = begin('guard', hooks.guards, name, subject);
    for (const handler of handlers) {
      const running = runHandler(hook, handler, subject, faultOfAnswer);
      const outcome = running instanceof Promise ? await running : running;
      const isBroken = outcome.fault !== undefined;
      const answer = (isBroken ? undefined : outcome.answer) as GuardAnswer;
      note(context, hook, handler, { ...outcome, before: subject, after: answer });
      if (answer) return refused(answer.refuse, answer.details);
      if (isBroken && hook.declaration.whenBroken === 'closed')
        return refused('guardBroken', { guard: name });
    }
    return ok();
  }

  return {
    hooks: { filter, guard, trace } as KernelServices['hooks'],
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

async function trace<Value>(work: () => Promise<Value>): Promise<{ value: Value; steps: TraceStep[] }> {
  const around = current().trace;
  const steps: TraceStep[] = [];
  try {
    return { value: await within({ trace: steps }, work), steps };
  } finally {
    around?.push(...steps);
  }
}

function note(
  context: Context,
  hook: Hook,
  handler: Handler,
  step: Pick<TraceStep, 'before' | 'after' | 'milliseconds' | 'fault'>,
) {
  if (!context.trace) return;
  const { before, after, milliseconds, fault } = step;
  const { plugin, version } = handler;
  context.trace.push({
    hook: hook.name,
    plugin,
    version,
    before,
    after,
    milliseconds,
    ...(fault === undefined ? {} : { fault }),
  });
}

function faultOfAnswer(answer: unknown): string | undefined {
  if (answer === undefined) return undefined;
  const { refuse, details } = (answer ?? {}) as { refuse?: unknown; details?: unknown };
  const isFit =
    typeof refuse === 'string' &&
    refuse !== '' &&
    (details === undefined || (typeof details === 'object' && details !== null));
  return isFit
    ? undefined
    : `expected nothing or { refuse: 'reason', details }, got ${inspect(answer).slice(0, 80)}`;
}
