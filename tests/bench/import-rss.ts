import { importOf } from './support/import-run.ts';
import { type Measured, rounded } from './support/measure.ts';

export const name = 'import.rss_mb';

/** The most memory this process held while it took in and imported a file of 1 GB; PostgreSQL is another process. */
export async function run(): Promise<Measured> {
  const { bytes, milliseconds, peakMegabytes } = await importOf({
    products: 16_000,
    descriptionBytes: 64_000,
  });
  const against = `a file of ${rounded(bytes / 1e6, 0)} MB in ${rounded(milliseconds / 1000, 0)} s; less than 300`;
  return { value: rounded(peakMegabytes, 0), unit: 'MB', against };
}
