import { current, leaseUnder, within } from '../context.ts';
import { isRetryable } from '../database/errors.ts';
import { createCircuits, type Outcome } from './circuits.ts';
import type { Handler, Hook } from './compile.ts';
import { inTime } from './in-time.ts';
import type { HooksInput } from './input.ts';

export type RunInput = Pick<HooksInput, 'clock' | 'log' | 'metrics' | 'enter' | 'savepoints'>;
/** `same` is the answer that changes nothing; it also stands for the answer of a handler that was set aside. */
type Call = { hook: Hook; handler: Handler; value: unknown; same: unknown };

const BUDGET = 100; // ms

/**
 * Makes the function that runs one handler within its budget. A fault takes its statements back and is an outcome like
 * another; serialization failures and deadlocks are none: they go on to the transaction, which is done again.
 */
export function createRunHandler(deps: RunInput) {
  const { enter, savepoints } = deps;
  const circuits = createCircuits(deps);
  const turns = new WeakMap<object, Promise<unknown>>();

  return async function runHandler(call: Call): Promise<Outcome> {
    const { hook, handler, value, same } = call;
    const { lease, transaction, trace } = current();
    const began = performance.now();
    let outcome: Outcome = { fault: 'left out after too many faults' };
    if (!circuits.isOff(handler)) {
      outcome = await inTurn(transaction && (lease ?? transaction), () => run(call));
      circuits.note(hook, handler, outcome);
    }
    const { fault } = outcome;
    const answer = fault === undefined ? outcome.answer : same;
    if (trace) {
      const { plugin, version } = handler;
      const step = { hook: hook.name, plugin, version, before: value, after: answer };
      const milliseconds = performance.now() - began;
      trace.push({ ...step, milliseconds, ...(fault === undefined ? {} : { fault }) });
    }
    return { answer, fault };
  };

  /** Savepoints are a stack: of handlers called side by side in one transaction, the second waits for the first. */
  function inTurn<Value>(around: object | undefined, work: () => Promise<Value>): Promise<Value> {
    if (!around) return work();
    const done = (turns.get(around) ?? Promise.resolve()).then(work, work);
    turns.set(around, done);
    return done;
  }

  async function run({ hook, handler, value, same }: Call): Promise<Outcome> {
    const { lease: parent, transaction } = current();
    const { budget = BUDGET } = hook.declaration;
    const lease = leaseUnder(parent);
    let outcome: Outcome;
    try {
      const began = performance.now();
      const answering = enter(handler.plugin, () => within({ lease }, () => handler.call(value)));
      // No timer and no waiting where the handler answers at once.
      const answer = isPromise(answering)
        ? await inTime(answering, budget)
        : atOnce(answering, performance.now() - began, budget);
      // The same value again has been checked, and cannot have changed.
      outcome = { answer, fault: answer === same ? undefined : hook.checkAnswer(answer) };
    } catch (error) {
      outcome = failure(error);
    }
    const isOver = lease.ended; // with the handler around it, which took these statements back with its own
    lease.ended = true;
    if (transaction && outcome.error && isRetryable(outcome.error)) throw outcome.error;
    // A transaction that the handler began itself is not open here, and does without us: it commits in time or not at all.
    if (!transaction || !lease.savepoint || isOver) return outcome;
    if (outcome.fault === undefined && parent && !parent.savepoint) {
      // The handler around this one had sent nothing before: should it fail, it takes these statements back too.
      parent.savepoint = lease.savepoint;
      return outcome;
    }
    try {
      if (outcome.fault === undefined) await savepoints.release(lease);
    } catch (error) {
      outcome = failure(error); // A statement had failed and the handler kept quiet about it.
    }
    if (outcome.fault !== undefined) await savepoints.rollback(lease);
    return outcome;
  }
}

function atOnce(answer: unknown, took: number, budget: number): unknown {
  if (took > budget) throw new Error(`took ${Math.round(took)} ms of ${budget}`);
  return answer;
}

function failure(error: unknown): Outcome {
  return { error, fault: error instanceof Error ? error.message : `threw ${String(error)}` };
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
