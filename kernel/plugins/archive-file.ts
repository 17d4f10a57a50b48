import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { errors } from './errors.ts';
import type { TableShape } from './shelf.ts';

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
export async function writeArchive(input: {
  file: string;
  header: Header;
  tables: readonly TableShape[];
  pages: (table: TableShape) => AsyncIterable<readonly string[]>;
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

/** Gives every row back, table by table, as JSON text: a number of JavaScript would lose digits. */
export async function readRows(input: {
  file: string;
  tables: readonly TableShape[];
  take: (table: TableShape, rows: readonly string[]) => Promise<void>;
}): Promise<void> {
  let table: TableShape | undefined;
  let rows: string[] = [];
  const flush = async () => {
    if (table && rows.length > 0) await input.take(table, rows);
    rows = [];
  };
  for await (const line of linesOf(input.file)) {
    if (line.startsWith(TABLE)) {
      await flush();
      const name = JSON.parse(line).table as string;
      table = input.tables.find((one) => one.name === name);
      if (!table) throw new Error(`the plugin makes no table ${name}`);
    } else if (line.startsWith(ROW) && rows.push(line.slice(ROW.length, -1)) === BATCH) {
      await flush();
    }
  }
  await flush();
}

/**
 * Reads the whole file once before anything is touched: half an archive must not take the place of rows.
 *
 * @throws KERNEL_ERR_ARCHIVE when it is none, or not whole
 */
export async function checkedHeader(file: string): Promise<Header> {
  const counts: Record<string, number> = {};
  let [table, first, last] = ['', '', ''];
  try {
    for await (const line of linesOf(file)) {
      if (line.startsWith(ROW)) counts[table]! += 1;
      else if (line.startsWith(TABLE)) {
        table = JSON.parse(line).table;
        counts[table] = 0;
      } else {
        first ||= line;
        last = line;
      }
    }
    const header: Header = JSON.parse(first);
    if (header.kontor === 'archive' && last === JSON.stringify({ end: counts })) return header;
  } catch (cause) {
    const why = `it does not read as an archive (${(cause as Error).message})`;
    throw new errors.KERNEL_ERR_ARCHIVE(file, why, { cause });
  }
  throw new errors.KERNEL_ERR_ARCHIVE(
    file,
    'it is not whole; its last line must count the rows that are in it',
  );
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const unpacked = createGunzip();
  const done = pipeline(createReadStream(file), unpacked);
  done.catch(() => undefined); // told below, to whoever reads
  yield* createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY });
  await done;
}
