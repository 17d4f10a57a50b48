import type { KernelLog } from './parts.ts';

/** Work that a process does again and again by itself. */
export type Round = {
  readonly name: string;
  /** Milliseconds from the end of one to the start of the next. */
  readonly every: number;
  /** The first one at once, not only after `every`. */
  readonly isSoon?: boolean;
  work(): Promise<unknown>;
};

/** Makes each round in its own time, never two of one at once. One that fails is logged, and made again next time. */
export function createRounds({ log, rounds }: { log: KernelLog; rounds: readonly Round[] }): {
  start(): void;
  /** Waits for those under way. */
  stop(): Promise<void>;
} {
  const timers = new Map<string, NodeJS.Timeout>();
  const underWay = new Map<string, Promise<void>>();
  let isStopped = false;

  function plan(round: Round, wait = round.every): void {
    if (isStopped) return;
    const timer = setTimeout(() => underWay.set(round.name, make(round)), wait);
    timers.set(round.name, timer.unref());
  }

  async function make(round: Round): Promise<void> {
    try {
      await round.work();
    } catch (error) {
      log.error({ err: error, round: round.name }, 'a round of the kernel failed');
    }
    underWay.delete(round.name);
    plan(round);
  }

  return {
    start() {
      for (const round of rounds) plan(round, round.isSoon ? 0 : round.every);
    },
    async stop() {
      isStopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(underWay.values());
    },
  };
}
