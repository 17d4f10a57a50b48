import { current, within, type Lease } from '../context.ts';
import { isRetryable } from '../database/errors.ts';
import type { EnterPlugin } from '../parts.ts';
import type { Check } from './declarations.ts';
import type { Circuits } from './circuits.ts';
import type { Handler, Hook } from './compile.ts';
import { inTime } from './in-time.ts';

/** What one handler answered; set aside when there is a fault. */
export type Outcome = { readonly answer?: unknown; readonly milliseconds: number; readonly fault?: string };
/** What the database layer does with the statements of one handler inside a transaction. */
export type Savepoints = { release(lease: Lease): Promise<void>; rollback(lease: Lease): Promise<void> };

type Call = { hook: Hook; handler: Handler; value: unknown; check: Check };
type Run = Call & { lease: Lease; parent: Lease | undefined; began: number };
type Verdict = { answer?: unknown; fault?: string | undefined; error?: unknown };

/**
 * Makes the function that runs one handler within its budget. What it answers is judged by `check`; a fault takes its
 * statements back and is an outcome like another. It answers at once when the handler does and sent no statement, so that
 * plain handlers cost neither timer nor promise.
 *
 * Serialization failures and deadlocks are no faults: they go on to the transaction, which is done again.
 */
export function createRunHandler(deps: { enter: EnterPlugin; savepoints: Savepoints; circuits: Circuits }) {
  const { enter, savepoints, circuits } = deps;
  const busy = new WeakMap<object, Promise<unknown>>();

  function runHandler(call: Call): Outcome | Promise<Outcome> {
    const { handler, hook, value, check } = call;
    if (circuits.isOff(handler)) return { milliseconds: 0, fault: 'left out after too many faults' };
    const { lease: parent, transaction } = current();
    // Savepoints are a stack: of handlers called side by side in one transaction, the second waits for the first.
    const around = transaction && (parent ?? transaction);
    const ahead = around && busy.get(around);
    if (ahead) return ahead.then(() => runHandler(call));

    const run = { ...call, parent, lease: leaseUnder(parent), began: performance.now() };
    try {
      const answer = enter(handler.plugin, () => within({ lease: run.lease }, () => handler.call(value)));
      if (isPromise(answer)) return queue(around, wait(run, answer));
      const took = performance.now() - run.began;
      const late = took > hook.budget ? `took ${Math.round(took)} ms of ${hook.budget}` : undefined;
      return settle(run, { answer, fault: late ?? check(answer) });
    } catch (error) {
      return settle(run, { fault: faultOf(error), error });
    }
  }

  function queue<Value>(around: object | undefined, work: Promise<Value>): Promise<Value> {
    if (!around) return work;
    const done = () => busy.delete(around);
    busy.set(around, work.then(done, done));
    return work;
  }

  async function wait(run: Run, promised: PromiseLike<unknown>): Promise<Outcome> {
    const verdict = await inTime(promised, run.hook.budget).then(
      (answer) => ({ answer, fault: run.check(answer) }),
      (error: unknown) => ({ fault: faultOf(error), error }),
    );
    return settle(run, verdict);
  }

  function settle(run: Run, verdict: Verdict): Outcome | Promise<Outcome> {
    run.lease.ended = true;
    if (verdict.error && isRetryable(verdict.error) && current().transaction) throw verdict.error;
    // Had the handler around this one ended, its statements are taken back with these.
    if (!run.lease.savepoint || run.parent?.ended) return conclude(run, verdict);
    return settleStatements(run, verdict).then((final) => conclude(run, final));
  }

  async function settleStatements({ lease, parent }: Run, verdict: Verdict): Promise<Verdict> {
    if (verdict.fault === undefined && parent && !parent.savepoint) {
      // The handler around this one had sent nothing before: should it fail, it takes these statements back too.
      parent.savepoint = lease.savepoint!;
      return verdict;
    }
    try {
      if (verdict.fault === undefined) await savepoints.release(lease);
      else await savepoints.rollback(lease);
      return verdict;
    } catch (error) {
      if (verdict.fault !== undefined) throw error;
      // A statement had failed and the handler kept quiet about it.
      await savepoints.rollback(lease);
      return { fault: faultOf(error), error };
    }
  }

  function conclude({ hook, handler, began }: Run, { answer, fault, error }: Verdict): Outcome {
    const milliseconds = performance.now() - began;
    if (fault === undefined) {
      circuits.worked(handler);
      return { answer, milliseconds };
    }
    circuits.failed(hook, handler, fault, error);
    return { fault, milliseconds };
  }

  return runHandler;
}

/** A lease that ends with the one around it: a handler that is late takes along what it has called. */
function leaseUnder(parent: Lease | undefined): Lease {
  if (!parent) return { ended: false };
  let isEnded = false;
  return {
    get ended() {
      return isEnded || parent.ended;
    },
    set ended(value) {
      isEnded = value;
    },
  };
}

function faultOf(error: unknown): string {
  return error instanceof Error ? error.message : `threw ${String(error)}`;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
