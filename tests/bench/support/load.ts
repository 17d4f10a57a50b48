import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import autocannon from 'autocannon';
import { median, rounded } from './measure.ts';

export type Target = { url: string; headers: Record<string, string> };
/** What a server of this folder says once it listens. */
export type Targets = { bare: Target; kernel: Target };

const ROUNDS = 7;

/**
 * Requests a second of two routes of a process of its own, by turns.
 *
 * @param server - a file of this folder that sends its `Targets`
 * @returns medians, and the median of `kernel / bare` of neighbours: what else the machine does changes more from minute to
 *   minute than these two differ
 */
export async function loadInTurns(
  server: string,
  what = '',
): Promise<{ bare: number; kernel: number; ratio: number }> {
  const child = fork(new URL(server, import.meta.url), [what]);
  try {
    const targets = await targetsOf(child);
    await requestsPerSecond(targets.bare, 1);
    await requestsPerSecond(targets.kernel, 1);
    const rounds: { bare: number; kernel: number }[] = [];
    while (rounds.length < ROUNDS) {
      const bare = await requestsPerSecond(targets.bare, 2);
      rounds.push({ bare, kernel: await requestsPerSecond(targets.kernel, 2) });
    }
    return {
      bare: median(rounds.map((one) => one.bare)),
      kernel: median(rounds.map((one) => one.kernel)),
      ratio: rounded(median(rounds.map((one) => one.kernel / one.bare))),
    };
  } finally {
    if (child.connected) child.disconnect();
    if (child.exitCode === null) await once(child, 'exit');
  }
}

async function targetsOf(child: ChildProcess): Promise<Targets> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`Expected the server to listen, but it ended with ${code}`);
  });
  const [targets] = await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => undefined);
  return targets as Targets;
}

async function requestsPerSecond({ url, headers }: Target, duration: number): Promise<number> {
  const run = await autocannon({ url, headers, duration, connections: 20 });
  const wrong = run.non2xx + run.errors;
  if (wrong > 0) throw new Error(`Expected every answer of ${url} to be 200, got ${wrong} others`);
  return run['2xx'] / run.duration;
}
