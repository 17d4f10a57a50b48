/**
 * The answer of work, or a rejection when it takes longer.
 *
 * @param limit - milliseconds
 * @param late - what the rejection says
 */
export async function inTime<Value>(
  work: PromiseLike<Value>,
  limit: number,
  late = `no answer within ${limit} ms`,
): Promise<Value> {
  const { promise: never, reject } = Promise.withResolvers<never>();
  // One more turn: an answer that came while somebody else held the event loop still counts.
  const timer = setTimeout(() => setImmediate(() => reject(new Error(late))), limit);
  try {
    return await Promise.race([work, never]);
  } finally {
    clearTimeout(timer);
  }
}
