/** Lets a few of many work at once, and the others wait in the order they came. */
export function createTurns({ atOnce, waiting }: { atOnce: number; waiting: number }) {
  const queue: (() => void)[] = [];
  let running = 0;

  return {
    /** Whether another one would wait too long. */
    isFull: (): boolean => queue.length >= waiting,
    async take<Value>(work: () => Promise<Value>): Promise<Value> {
      if (running >= atOnce) await new Promise<void>((resolve) => queue.push(resolve));
      else running += 1;
      try {
        return await work();
      } finally {
        const next = queue.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}

export type Turns = ReturnType<typeof createTurns>;
