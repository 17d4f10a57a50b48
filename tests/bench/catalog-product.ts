import { loadInTurns } from './support/load.ts';
import { type Measured, rounded } from './support/measure.ts';

export const name = 'catalog.product_read_vs_pg';

/** A product in a shop, with what is in stock of it, against a bare Fastify that sends one bare query for the same JSON. */
export async function run(): Promise<Measured> {
  const { bare, kernel, ratio } = await loadInTurns('./catalog-server.ts', 'product');
  const against = `bare Fastify and pg: ${rounded(bare, 0)} requests/s, the shop's API: ${rounded(kernel, 0)}`;
  return { value: ratio, unit: 'ratio', against };
}
