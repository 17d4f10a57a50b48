import { current, within, type Lease } from '../context.ts';
import { isRetryable } from '../database/errors.ts';
import type { EnterPlugin } from '../parts.ts';
import type { Check } from './declarations.ts';
import type { Circuits } from './circuits.ts';
import type { Handler, Hook } from './compile.ts';
import { inTime } from './in-time.ts';

export type Outcome = { readonly answer: unknown; readonly milliseconds: number; readonly fault?: string };
/** What the database layer does with the statements of one handler inside a transaction. */
export type Savepoints = { release(lease: Lease): Promise<void>; rollback(lease: Lease): Promise<void> };

type Run = { hook: Hook; handler: Handler; lease: Lease; parent: Lease | undefined; began: number };

/**
 * Makes the function that runs one handler within its budget. What it answers is judged by `check`; a fault takes its
 * statements back and is an outcome like another. It answers at once when the handler does and sent no statement, so that
 * plain handlers cost neither timer nor promise.
 *
 * Serialization failures and deadlocks are no faults: they go on to the transaction, which is done again.
 */
export function createRunHandler(deps: { enter: EnterPlugin; savepoints: Savepoints; circuits: Circuits }) {
  const { enter, savepoints, circuits } = deps;

  function runHandler(
    hook: Hook,
    handler: Handler,
    value: unknown,
    check: Check,
  ): Outcome | Promise<Outcome> {
    if (circuits.isOff(handler))
      return { answer: undefined, milliseconds: 0, fault: 'left out after too many faults' };
    const parent = current().lease;
    const run = { hook, handler, parent, lease: leaseUnder(parent), began: performance.now() };
    try {
      const answer = enter(handler.plugin, () => within({ lease: run.lease }, () => handler.call(value)));
      if (isPromise(answer)) return wait(run, answer, check);
      const { milliseconds } = ended(run, undefined);
      const late =
        milliseconds > hook.budget ? `took ${Math.round(milliseconds)} ms of ${hook.budget}` : undefined;
      return settle(run, { answer, milliseconds }, late ?? check(answer));
    } catch (error) {
      return settle(run, ended(run, error), faultOf(error), error);
    }
  }

  async function wait(run: Run, answer: PromiseLike<unknown>, check: Check): Promise<Outcome> {
    try {
      const given = await inTime(answer, run.hook.budget);
      return await settle(run, { ...ended(run, undefined), answer: given }, check(given));
    } catch (error) {
      return settle(run, ended(run, error), faultOf(error), error);
    }
  }

  function settle(run: Run, outcome: Outcome, fault?: string, error?: unknown): Outcome | Promise<Outcome> {
    if (run.lease.savepoint && !run.parent?.ended) return settleStatements(run, outcome, fault, error);
    if (fault === undefined) circuits.worked(run.handler);
    else circuits.failed(run.hook, run.handler, fault, error);
    return fault === undefined ? outcome : { ...outcome, fault };
  }

  async function settleStatements(
    run: Run,
    outcome: Outcome,
    fault?: string,
    error?: unknown,
  ): Promise<Outcome> {
    const { lease, parent } = run;
    if (fault !== undefined) {
      await savepoints.rollback(lease);
    } else if (parent && !parent.savepoint) {
      // The handler around this one had sent nothing before: should it fail, it takes these statements back too.
      parent.savepoint = lease.savepoint;
    } else {
      try {
        await savepoints.release(lease);
      } catch (cause) {
        // A statement had failed and the handler kept quiet about it.
        await savepoints.rollback(lease);
        return settle({ ...run, lease: { ended: true } }, outcome, faultOf(cause), cause);
      }
    }
    return settle({ ...run, lease: { ended: true } }, outcome, fault, error);
  }

  return runHandler;
}

/** A lease that ends with the one around it: a handler that is late takes along what it has called. */
function leaseUnder(parent: Lease | undefined): Lease {
  let isEnded = false;
  if (!parent) return { ended: false };
  return {
    get ended() {
      return isEnded || parent.ended;
    },
    set ended(value) {
      isEnded = value;
    },
  };
}

function ended({ lease, began }: Run, error: unknown): Outcome {
  lease.ended = true;
  if (error !== undefined && current().transaction && isRetryable(error)) throw error;
  return { answer: undefined, milliseconds: performance.now() - began };
}

function faultOf(error: unknown): string {
  return error instanceof Error ? error.message : `threw ${String(error)}`;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
