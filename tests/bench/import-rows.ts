import { importOf } from './support/import-run.ts';
import { type Measured, rounded } from './support/measure.ts';

export const name = 'import.rows_per_second';

/** New products with three variants and stock, from the upload to the last event. */
export async function run(): Promise<Measured> {
  const { rows, bytes, milliseconds } = await importOf({ products: 4_000, descriptionBytes: 600 });
  const against = `${rows} rows of ${rounded(bytes / 1e6, 1)} MB in ${rounded(milliseconds / 1000, 1)} s`;
  return { value: rounded((rows / milliseconds) * 1000, 0), unit: 'rows/s', against };
}
