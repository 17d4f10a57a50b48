/**
 * The answer of work, or a rejection when it takes longer.
 *
 * @param limit - milliseconds
 */
export async function inTime<Value>(work: PromiseLike<Value>, limit: number): Promise<Value> {
  const { promise: never, reject } = Promise.withResolvers<never>();
  const late = () => reject(new Error(`no answer within ${limit} ms`));
  // One more turn: an answer that came while somebody else held the event loop still counts.
  const timer = setTimeout(() => setImmediate(late), limit);
  try {
    return await Promise.race([work, never]);
  } finally {
    clearTimeout(timer);
  }
}
