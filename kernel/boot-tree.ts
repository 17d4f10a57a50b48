import type { BootStep } from './parts.ts';

type OpenStep = { name: string; began: number; milliseconds: number; steps: OpenStep[] };

/** Takes the time of each step of the start, as a tree that `kontor tree` prints. */
export function createBootTree(name: string) {
  const root: OpenStep = { name, began: performance.now(), milliseconds: 0, steps: [] };
  let open = root;
  return {
    async step<Value>(name: string, work: () => Value | Promise<Value>): Promise<Value> {
      const outer = open;
      const step: OpenStep = { name, began: performance.now(), milliseconds: 0, steps: [] };
      outer.steps.push(step);
      open = step;
      try {
        return await work();
      } finally {
        step.milliseconds = rounded(performance.now() - step.began);
        open = outer;
      }
    },
    tree: (): BootStep => ({ ...root, milliseconds: rounded(performance.now() - root.began) }),
  };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
