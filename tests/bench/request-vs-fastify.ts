import { fork } from 'node:child_process';
import { once } from 'node:events';
import autocannon from 'autocannon';
import { interleaved, type Measured, rounded } from './support/measure.ts';

export const name = 'kernel.request_vs_fastify';

type Target = { url: string; headers: Record<string, string> };

/** Store, session and gate on a warm node, against a route of a bare Fastify that answers the same. */
export async function run(): Promise<Measured> {
  const server = fork(new URL('./support/request-server.ts', import.meta.url));
  try {
    const [targets] = (await once(server, 'message')) as [{ bare: Target; kernel: Target }];
    await requestsPerSecond(targets.bare, 1);
    await requestsPerSecond(targets.kernel, 1);
    const { bare, kernel } = await interleaved(5, {
      bare: () => requestsPerSecond(targets.bare, 2),
      kernel: () => requestsPerSecond(targets.kernel, 2),
    });
    const against = `bare Fastify: ${rounded(bare, 0)} requests/s, the kernel: ${rounded(kernel, 0)}; at least 0.6`;
    return { value: rounded(kernel / bare), unit: 'ratio', against };
  } finally {
    server.disconnect();
    await once(server, 'exit');
  }
}

async function requestsPerSecond({ url, headers }: Target, duration: number): Promise<number> {
  const { requests, non2xx, errors } = await autocannon({ url, headers, duration, connections: 20 });
  if (non2xx + errors > 0)
    throw new Error(`Expected every answer of ${url} to be 200, got ${non2xx + errors} others`);
  return requests.average;
}
