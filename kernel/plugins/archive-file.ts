import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { errors } from './errors.ts';

/*
 * An archive is a gzip file of JSON lines that people can read (`gunzip -c FILE | head`): a header, then for each table a
 * line with its name and a line for each row, and at the end the counts.
 */

export type Header = {
  kontor: 'archive';
  plugin: string;
  version: string;
  manifest: unknown;
  archivedAt: string;
  /** Steps of its schema that were taken. */
  migrations: string[];
  /** The last id that each table gave out. */
  sequences: Record<string, number>;
};

const BATCH = 500; // rows a statement
const ROW = '{"row":';
const TABLE = '{"table":';

/** Writes it as a stream; only its owner can read the file, since rows are about people. */
export async function writeArchive<Table extends { name: string }>(input: {
  file: string;
  header: Header;
  tables: readonly Table[];
  pages: (table: Table) => AsyncIterable<readonly string[]>;
}): Promise<void> {
  const out = createWriteStream(input.file, { mode: 0o600 });
  await pipeline(Readable.from(lines()), createGzip(), out);

  async function* lines(): AsyncGenerator<string> {
    yield `${JSON.stringify(input.header)}\n`;
    const end: Record<string, number> = {};
    for (const table of input.tables) {
      yield `${TABLE}${JSON.stringify(table.name)}}\n`;
      end[table.name] = 0;
      for await (const rows of input.pages(table)) {
        end[table.name]! += rows.length;
        yield rows.map((row) => `${ROW}${row}}\n`).join('');
      }
    }
    yield `${JSON.stringify({ end })}\n`;
  }
}

/**
 * Gives every row back, in batches of one table, as JSON text: a number of JavaScript would lose digits.
 *
 * @throws KERNEL_ERR_ARCHIVE at the end when it is no archive, or not whole
 */
export async function* rowsOf(file: string): AsyncGenerator<{ table: string; rows: string[] }, Header> {
  const counts: Record<string, number> = {};
  let rows: string[] = [];
  let [table, first, last] = ['', '', ''];
  try {
    for await (const line of linesOf(file)) {
      const isRow = line.startsWith(ROW);
      if (isRow) rows.push(line.slice(ROW.length, -1));
      // A line that is no row ends the rows of a table; the counts are the last one.
      if (rows.length === BATCH || (!isRow && rows.length > 0)) {
        counts[table]! += rows.length;
        yield { table, rows };
        rows = [];
      }
      if (line.startsWith(TABLE)) {
        ({ table } = JSON.parse(line));
        counts[table] = 0;
      }
      first ||= line;
      last = line;
    }
    const header: Header = JSON.parse(first);
    if (header.kontor === 'archive' && last === JSON.stringify({ end: counts })) return header;
  } catch (cause) {
    const why = `it does not read as an archive (${(cause as Error).message})`;
    throw new errors.KERNEL_ERR_ARCHIVE(file, why, { cause });
  }
  const why = 'it is not whole; its last line must count the rows that are in it';
  throw new errors.KERNEL_ERR_ARCHIVE(file, why);
}

/** Reads the whole file once before anything is touched: half an archive must not take the place of rows. */
export async function checkedHeader(file: string): Promise<Header> {
  const reader = rowsOf(file);
  let step = await reader.next();
  while (!step.done) step = await reader.next();
  return step.value;
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const unpacked = createGunzip();
  const done = pipeline(createReadStream(file), unpacked);
  done.catch(() => undefined); // told below, to whoever reads
  yield* createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY });
  await done;
}
