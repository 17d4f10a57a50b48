import { enterAs } from '../context.ts';

/**
 * Runs work one at a time. Calls that come during a run share one more run behind it, so that nothing is missed and
 * nothing piles up. It runs outside of the caller's store and transaction.
 */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function begin(): Promise<void> {
    next = undefined;
    running = apart(work).finally(() => {
      running = undefined;
    });
    return running;
  }

  return () => {
    if (next) return next;
    if (!running) return begin();
    next = running.then(begin, begin);
    return next;
  };
}

/** Runs work as the kernel itself: no store, no transaction, no plugin of the caller's. */
export function apart<Value>(work: () => Promise<Value>): Promise<Value> {
  return enterAs({ actor: { kind: 'system', reason: 'jobs' } }, work);
}
