import { setTimeout as pause } from 'node:timers/promises';
import { withInstallation } from './support/installation.ts';
import { type Measured, rounded } from './support/measure.ts';

export const name = 'rss.idle_mb';

const SETTLED = 10_000; // ms; what the start left behind has been collected by then

/** What the Node process holds when nobody asks anything, with all bundled plugins. */
export async function run(): Promise<Measured> {
  const memory = await withInstallation(async (start) => {
    await (await start()).stop();
    const started = await start();
    await pause(SETTLED);
    return started.memory();
  });
  return { value: rounded(memory, 0), unit: 'MB', against: 'under 200' };
}
