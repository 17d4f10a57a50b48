import { current, within, type Lease } from '../context.ts';
import { isRetryable } from '../database/errors.ts';
import { createCircuits } from './circuits.ts';
import type { Handler, Hook } from './compile.ts';
import { inTime } from './in-time.ts';
import type { HooksInput } from './input.ts';

export type RunInput = Pick<HooksInput, 'clock' | 'log' | 'metrics' | 'enter' | 'savepoints'>;
/** `same` is the answer that changes nothing; it also stands for the answer of a handler that was set aside. */
type Call = { hook: Hook; handler: Handler; value: unknown; same: unknown };
type Run = Call & { lease: Lease; parent: Lease | undefined; began: number };
/** With a fault when the handler was set aside. */
type Outcome = { answer?: unknown; fault?: string | undefined; error?: unknown };

/**
 * Makes the function that runs one handler within its budget. A fault takes its statements back and is an outcome like
 * another. It answers at once when the handler does and sent no statement, so that plain handlers cost neither timer nor
 * promise.
 *
 * Serialization failures and deadlocks are no faults: they go on to the transaction, which is done again.
 */
export function createRunHandler(deps: RunInput) {
  const { enter, savepoints } = deps;
  const circuits = createCircuits(deps);
  const busy = new WeakMap<object, Promise<unknown>>();

  return function runHandler(call: Call): Outcome | Promise<Outcome> {
    const { hook, handler, value, same } = call;
    const { lease: parent, transaction } = current();
    // Savepoints are a stack: of handlers called side by side in one transaction, the second waits for the first.
    const around = transaction && (parent ?? transaction);
    const ahead = around && busy.get(around);
    if (ahead) return ahead.then(() => runHandler(call));

    const run: Run = { ...call, parent, lease: leaseUnder(parent), began: performance.now() };
    if (circuits.isOff(handler))
      return traced(run, { answer: same, fault: 'left out after too many faults' });
    let outcome: Outcome;
    try {
      const answer = enter(handler.plugin, () => within({ lease: run.lease }, () => handler.call(value)));
      if (isPromise(answer)) {
        const ended = wait(run, answer);
        const leave = () => busy.delete(around!);
        if (around) busy.set(around, ended.then(leave, leave));
        return ended;
      }
      const took = performance.now() - run.began;
      const late = took > hook.budget ? `took ${Math.round(took)} ms of ${hook.budget}` : undefined;
      outcome = { answer, fault: late ?? faultIn(call, answer) };
    } catch (error) {
      outcome = failure(error);
    }
    return settle(run, outcome);
  };

  async function wait(run: Run, promised: PromiseLike<unknown>): Promise<Outcome> {
    const judge = (answer: unknown) => ({ answer, fault: faultIn(run, answer) });
    return settle(run, await inTime(promised, run.hook.budget).then(judge, failure));
  }

  function settle(run: Run, outcome: Outcome): Outcome | Promise<Outcome> {
    const { lease } = run;
    const { transaction } = current();
    const isOver = lease.ended; // with the handler around it, which took these statements back with its own
    lease.ended = true;
    if (transaction && outcome.error && isRetryable(outcome.error)) throw outcome.error;
    // A transaction that the handler began itself is not open here, and does without us: it commits in time or not at all.
    if (!transaction || !lease.savepoint || isOver) return conclude(run, outcome);
    return settleStatements(run, outcome).then((final) => conclude(run, final));
  }

  async function settleStatements({ lease, parent }: Run, outcome: Outcome): Promise<Outcome> {
    if (outcome.fault !== undefined) {
      await savepoints.rollback(lease);
    } else if (parent && !parent.savepoint) {
      // The handler around this one had sent nothing before: should it fail, it takes these statements back too.
      parent.savepoint = lease.savepoint;
    } else {
      try {
        await savepoints.release(lease);
      } catch (error) {
        // A statement had failed and the handler kept quiet about it.
        await savepoints.rollback(lease);
        return failure(error);
      }
    }
    return outcome;
  }

  function conclude(run: Run, { answer, fault, error }: Outcome): Outcome {
    if (fault === undefined) circuits.worked(run.handler);
    else circuits.failed(run.hook, run.handler, fault, error);
    return traced(run, { answer: fault === undefined ? answer : run.same, fault });
  }
}

function traced({ hook, handler, value, began }: Run, outcome: Outcome): Outcome {
  const { answer: after, fault } = outcome;
  const { plugin, version } = handler;
  const milliseconds = performance.now() - began;
  current().trace?.push({
    hook: hook.name,
    plugin,
    version,
    before: value,
    after,
    milliseconds,
    ...(fault === undefined ? {} : { fault }),
  });
  return outcome;
}

/** The same value again has been checked, and cannot have changed. */
function faultIn({ hook, same }: Call, answer: unknown): string | undefined {
  return answer === same ? undefined : hook.checkAnswer(answer);
}

function failure(error: unknown): Outcome {
  return { error, fault: error instanceof Error ? error.message : `threw ${String(error)}` };
}

/** A lease that ends, by way of its prototype, with the one around it: who is late takes along whom it has called. */
function leaseUnder(parent: Lease | undefined): Lease {
  return parent ? Object.assign(Object.create(parent), { savepoint: undefined }) : { ended: false };
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
