import { fork } from 'node:child_process';
import { once } from 'node:events';
import autocannon from 'autocannon';
import { type Measured, median, rounded } from './support/measure.ts';

export const name = 'kernel.request_vs_fastify';

const ROUNDS = 7;

type Target = { url: string; headers: Record<string, string> };

/** Store, session and gate on a warm node, against a route of a bare Fastify that answers the same. */
export async function run(): Promise<Measured> {
  const server = fork(new URL('./support/request-server.ts', import.meta.url));
  try {
    const [targets] = (await once(server, 'message')) as [{ bare: Target; kernel: Target }];
    await requestsPerSecond(targets.bare, 1);
    await requestsPerSecond(targets.kernel, 1);
    const rounds: { bare: number; kernel: number }[] = [];
    while (rounds.length < ROUNDS) {
      const bare = await requestsPerSecond(targets.bare, 2);
      rounds.push({ bare, kernel: await requestsPerSecond(targets.kernel, 2) });
    }
    const [bare, kernel] = [median(rounds.map((one) => one.bare)), median(rounds.map((one) => one.kernel))];
    const against = `bare Fastify: ${rounded(bare, 0)} requests/s, the kernel: ${rounded(kernel, 0)}; at least 0.6`;
    // Of neighbours: what else the machine does changes more from minute to minute than these two differ.
    const value = rounded(median(rounds.map((one) => one.kernel / one.bare)));
    return { value, unit: 'ratio', against };
  } finally {
    server.disconnect();
    await once(server, 'exit');
  }
}

async function requestsPerSecond({ url, headers }: Target, duration: number): Promise<number> {
  const {
    '2xx': good,
    duration: took,
    non2xx,
    errors,
  } = await autocannon({ url, headers, duration, connections: 20 });
  if (non2xx + errors > 0)
    throw new Error(`Expected every answer of ${url} to be 200, got ${non2xx + errors} others`);
  return good / took;
}
