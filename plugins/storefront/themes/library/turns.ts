/** Lets a few of many work at once; the others wait in the order they came. */
export function createTurns(atOnce: number) {
  const queue: (() => void)[] = [];
  let free = atOnce;

  return async function take<Value>(work: () => Promise<Value>): Promise<Value> {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => queue.push(go));
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else free += 1;
    }
  };
}
