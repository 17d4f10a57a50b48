import { ok, refused, type GuardAnswer, type KernelServices, type TraceStep } from 'kontor/sdk';
import { current, within } from '../context.ts';
import { hookFor, type Hooks } from './compile.ts';
import { errors } from './errors.ts';
import { freeze } from './freeze.ts';
import { createRunHandler, type RunInput } from './run-handler.ts';

/** Filters and guards: run in process, in the caller's transaction and store. */
export function createFilters(deps: RunInput & { hooks: () => Hooks }): KernelServices['hooks'] {
  const runHandler = createRunHandler(deps);

  /** What is asked is frozen from here on: handlers and the caller make a new value where they want another. */
  function begin(kind: 'filter' | 'guard', name: string, value: unknown) {
    const { lease, plugin, store } = current();
    if (lease?.ended) throw new errors.KERNEL_ERR_HOOK_LATE(plugin, kind, name);
    const hook = hookFor(deps.hooks(), kind, name, value);
    const on = store?.gate.plugins;
    const handlers = on ? hook.handlers.filter((handler) => on.has(handler.plugin)) : hook.handlers;
    const frozen = new Set<object>();
    freeze(value, frozen);
    return { hook, handlers, frozen };
  }

  async function filter(name: string, value: unknown): Promise<unknown> {
    const { hook, handlers, frozen } = begin('filter', name, value);
    let standing = value;
    for (const handler of handlers) {
      const { answer } = await runHandler({ hook, handler, value: standing, same: standing });
      standing = freeze(answer, frozen);
    }
    return standing;
  }

  async function guard(name: string, subject: unknown) {
    const { hook, handlers } = begin('guard', name, subject);
    for (const handler of handlers) {
      const { answer, fault } = await runHandler({ hook, handler, value: subject, same: undefined });
      const refusal = answer as GuardAnswer;
      if (refusal) return refused(refusal.refuse, refusal.details);
      if (fault !== undefined && hook.declaration.whenBroken === 'closed')
        return refused('guardBroken', { guard: name });
    }
    return ok();
  }

  return { filter, guard, trace } as KernelServices['hooks'];
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
