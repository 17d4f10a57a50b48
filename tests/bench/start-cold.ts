import { withInstallation } from './support/installation.ts';
import { type Measured, rounded } from './support/measure.ts';

export const name = 'start.cold_ms';

/** The first start of all, in an empty folder: database made, migrated, plugins on, ready. */
export async function run(): Promise<Measured> {
  const { took } = await withInstallation((start) => start());
  return { value: rounded(took, 0), unit: 'ms', against: 'under 15,000 on two cores' };
}
