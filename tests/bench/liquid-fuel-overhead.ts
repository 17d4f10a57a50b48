import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { interleaved, type Measured, rounded } from './support/measure.ts';

export const name = 'storefront.fuel_overhead';

const PAIRS = 7;
const CHILD = fileURLToPath(new URL('./support/fuel-run.ts', import.meta.url));

/** What paying for everything adds to a page of 48 cards: with fuel against with one that is free, each in a process of its own. */
export async function run(): Promise<Measured> {
  const figures = await interleaved(PAIRS, { paid: () => page('paid'), free: () => page('free') });
  return {
    value: rounded((figures.paid / figures.free - 1) * 100, 1),
    unit: '%',
    against: `${rounded(figures.free, 3)} ms a page for free, ${rounded(figures.paid, 3)} paid; under 10, single pairs scatter more`,
  };
}

async function page(kind: 'paid' | 'free'): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, kind]);
  return Number(stdout);
}
