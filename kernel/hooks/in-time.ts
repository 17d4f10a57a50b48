/**
 * The answer of work, or a rejection when it takes longer.
 *
 * @param limit - milliseconds
 */
export function inTime<Value>(work: PromiseLike<Value>, limit: number): Promise<Value> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`no answer within ${limit} ms`));
    // One more turn: an answer that came while somebody else held the event loop still counts.
    const timer = setTimeout(() => setImmediate(late), limit);
    const settled = () => clearTimeout(timer);
    work.then(resolve, reject);
    work.then(settled, settled);
  });
}
