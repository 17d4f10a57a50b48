/** Runs work one at a time: whoever asks while it runs shares one more run that begins after it. */
export function inTurn<Value>(work: () => Promise<Value>): () => Promise<Value> {
  let running: Promise<Value> | undefined;
  let next: Promise<Value> | undefined;

  function begin(): Promise<Value> {
    next = undefined;
    running = work().finally(() => {
      running = undefined;
    });
    return running;
  }

  return () => {
    if (next) return next; // asked first: between two runs none is running, and one is about to
    if (!running) return begin();
    next = running.then(begin, begin);
    return next;
  };
}
