import { enterAs } from './context.ts';
import type { Changes } from './parts.ts';

/**
 * Keeps in this process what was read for all stores, until a change of one of the topics is heard.
 *
 * @param what - for the audit of its statements, e.g. `the tiers`
 */
export function createKept<Value>(input: {
  changes: Pick<Changes, 'isLive' | 'on'>;
  topics: readonly string[];
  what: string;
  read: () => Promise<Value>;
}): () => Promise<Value> {
  const { changes, topics, what, read } = input;
  let kept: Promise<Value> | undefined;
  const drop = () => {
    kept = undefined;
  };
  for (const topic of topics) changes.on(topic, drop);

  return () => {
    if (kept && changes.isLive) return kept;
    // Outside of any open transaction: what is kept for others must have been committed.
    const reading = enterAs({ actor: { kind: 'system', reason: `look up ${what}` } }, read);
    reading.catch(drop);
    kept = reading;
    return reading;
  };
}
