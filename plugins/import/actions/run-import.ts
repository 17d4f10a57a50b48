import { CsvError } from 'csv-parse';
import type { Cradle, Id, RunningJob } from 'kontor/sdk';
import { layoutOf, type Layout } from '../formats/fields.ts';
import { type Fault, readProduct, type ReadProduct, type Row } from '../formats/read-product.ts';
import { plainCell } from '../formats/cells.ts';
import { createFile } from '../services/file.ts';
import { type Heading, readHeading, readRecords } from '../services/records.ts';
import { createRuns, type Standing } from '../services/runs.ts';
import { createSpareMemory } from '../services/spare-memory.ts';
import { applyBatch, type Batch } from './apply-batch.ts';

type Needs = Pick<
  Cradle,
  'catalog' | 'clock' | 'database' | 'inventory' | 'jobs' | 'log' | 'media' | 'stores'
>;
type Job = Pick<RunningJob<{ runId: Id }>, 'payload' | 'signal' | 'progress'>;

// Products and bytes of one transaction: short locks, little memory, and little to do again after a crash.
const TOGETHER = 100;
const TOGETHER_BYTES = 262_144;
const MOST_ROWS = 5_000; // of one product: 2,000 variants and their pictures

/**
 * Goes on with an import where it stands, until the end of the file or until it is told to stop. What a batch has brought is
 * there; what is wrong with a row is noted and does not stop the next.
 */
export async function runImport(job: Job, services: Needs): Promise<void> {
  const runs = createRuns(services);
  const { runId } = job.payload;
  if (!(await runs.move(runId, { from: ['waiting', 'running'], to: 'running' }))) return;
  const standing = (await runs.standing(runId))!;
  const file = createFile(services);
  const heading = await headingOf(file, standing);
  const layout = heading && layoutOf(heading.columns, standing.mapping);
  if (!heading || !layout || layout.missing.length > 0) {
    const error = heading
      ? `Expected columns for ${layout!.missing.join(', ')}, got ${heading.columns.join(', ')}; map them, or rename them`
      : 'Expected a CSV file with a heading, got none';
    await runs.move(runId, { from: ['running'], to: 'failed', set: { error } });
    return;
  }
  await runs.move(runId, { from: ['running'], to: 'running', set: { format: layout.format } });
  const spareMemory = createSpareMemory();
  try {
    for await (const batch of batchesOf({ standing, heading, layout, file, digits: digitsOf(services) })) {
      await applied(services, batch);
      spareMemory();
      await job.progress(percent(batch.position, standing.bytes), `${batch.record}`);
      if (job.signal.aborted) {
        await stopped(services, runId);
        return;
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const message = `The file cannot be read any further: ${error.message}`;
    await runs.move(runId, { from: ['running'], to: 'failed', set: { error: message } });
    return;
  }
  await finished(services, standing);
}

async function headingOf(
  file: ReturnType<typeof createFile>,
  { id, bytes }: Standing,
): Promise<Heading | undefined> {
  for await (const piece of file.read(id, { from: 0, until: bytes })) return readHeading(piece);
  return undefined;
}

/** Reads on from where the run stands, product by product. */
async function* batchesOf(input: {
  standing: Standing;
  heading: Heading;
  layout: Layout;
  file: ReturnType<typeof createFile>;
  digits: number;
}): AsyncGenerator<Batch> {
  const { standing, heading, layout, file, digits } = input;
  const { id: runId, isDryRun, bytes } = standing;
  const from = Math.max(standing.position, heading.end);
  const reading = { columns: layout.columns, digits };
  const handleAt = layout.columns.get('handle')!;
  let products: ReadProduct[] = [];
  let faults: Fault[] = [];
  let unread = 0;
  let group: Row[] = [];
  let handle: string | undefined;
  let last = { position: from, record: standing.record };
  let begun = from;

  const close = () => {
    if (group.length === 0) return;
    const read = readProduct(group, reading);
    if ('faults' in read) {
      faults.push(...read.faults);
      unread += 1;
    } else products.push(read);
    group = [];
  };
  const batch = (): Batch => {
    const made = { runId, isDryRun, products, faults, unread, ...last };
    products = [];
    faults = [];
    unread = 0;
    begun = last.position;
    return made;
  };

  const records = readRecords(file.read(runId, { from, until: bytes }), {
    ...{ from, number: standing.record, delimiter: heading.delimiter, width: heading.columns.length },
  });
  for await (const { number, cells, end, fault } of records) {
    const row = number + 1;
    const own = plainCell(cells[handleAt]?.trim() ?? '');
    if (own !== handle && own !== '') {
      close();
      if (products.length >= TOGETHER || last.position - begun >= TOGETHER_BYTES) yield batch();
      handle = own;
    }
    if (fault !== undefined) faults.push({ row, field: '', code: 'badRow', message: fault, value: '' });
    else if (own === '' && group.length === 0)
      faults.push({
        row,
        field: 'handle',
        code: 'missing',
        message: 'Expected handle, got an empty cell',
        value: '',
      });
    else if (group.length < MOST_ROWS) group.push({ row, cells });
    last = { position: end, record: number };
  }
  close();
  last = { position: bytes, record: last.record };
  yield batch();
}

/** What the catalogue stumbles over is found by bringing each product in by itself; the others come in. */
async function applied(services: Needs, batch: Batch): Promise<void> {
  try {
    await applyBatch(services, batch);
  } catch (error) {
    const { products } = batch;
    if (products.length === 0) throw error;
    services.log.warn(
      { err: error, run: batch.runId },
      'a batch of an import failed; its products are tried one by one',
    );
    const alone = { ...batch, faults: [], unread: 0, position: 0, record: 0 };
    for (const product of products) {
      await applyBatch(services, { ...alone, products: [product] }).catch((cause: unknown) =>
        applyBatch(services, { ...alone, products: [], faults: [accident(product, cause)], unread: 1 }),
      );
    }
    await applyBatch(services, { ...batch, products: [] });
  }
}

function accident({ row, input: { handle } }: ReadProduct, cause: unknown): Fault {
  const message = `This product could not be saved: ${cause instanceof Error ? cause.message : 'unknown reason'}`;
  return { row, field: 'handle', code: 'accident', message, value: handle };
}

async function stopped(services: Needs, runId: Id): Promise<void> {
  await createRuns(services).move(runId, { from: ['running'], to: 'cancelled' });
}

async function finished(services: Needs, { id, isDryRun }: Standing): Promise<void> {
  const { database, jobs, media } = services;
  await database.transaction(async () => {
    const done = await createRuns(services).move(id, { from: ['running'], to: 'done' });
    if (done && !isDryRun && media) await jobs.send('import.fetch-pictures', { runId: id });
  });
}

function digitsOf({ stores }: Needs): number {
  const style = { style: 'currency', currency: stores.current().currency } as const;
  return new Intl.NumberFormat('en', style).resolvedOptions().maximumFractionDigits!;
}

function percent(position: number, bytes: number): number {
  return bytes === 0 ? 100 : Math.min(100, Math.floor((100 * position) / bytes));
}
