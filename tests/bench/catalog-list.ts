import { loadInTurns } from './support/load.ts';
import { type Measured, rounded } from './support/measure.ts';

export const name = 'catalog.list24_vs_pg';

/** The newest 24 products of a shop's 1,000, with price, picture and stock, against a bare Fastify that sends one bare query for the same JSON. */
export async function run(): Promise<Measured> {
  const { bare, kernel, ratio } = await loadInTurns('./catalog-server.ts', 'list');
  const against = `bare Fastify and pg: ${rounded(bare, 0)} requests/s, the shop's API: ${rounded(kernel, 0)}`;
  return { value: ratio, unit: 'ratio', against };
}
