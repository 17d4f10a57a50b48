import { loadInTurns } from './support/load.ts';
import { type Measured, rounded } from './support/measure.ts';

export const name = 'kernel.request_vs_fastify';

/** Store, session and gate on a warm node, against a route of a bare Fastify that answers the same. */
export async function run(): Promise<Measured> {
  const { bare, kernel, ratio } = await loadInTurns('./request-server.ts');
  const against = `bare Fastify: ${rounded(bare, 0)} requests/s, the kernel: ${rounded(kernel, 0)}; at least 0.6`;
  return { value: ratio, unit: 'ratio', against };
}
