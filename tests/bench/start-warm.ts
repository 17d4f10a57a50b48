import { withInstallation } from './support/installation.ts';
import { median, type Measured, rounded } from './support/measure.ts';

export const name = 'start.warm_ms';

/** Every later start, from the command to ready. */
export async function run(): Promise<Measured> {
  const starts = await withInstallation(async (start) => {
    const took: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const started = await start();
      took.push(started.took);
      await started.stop();
    }
    return took.slice(1);
  });
  return { value: rounded(median(starts), 0), unit: 'ms', against: 'under 3,000' };
}
