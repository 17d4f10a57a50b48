import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';

const LARGEST = 1_000_000; // bytes of one record; a quote that never closes would swallow the file
const DELIMITERS = [',', ';', '\t'] as const;

export type Delimiter = (typeof DELIMITERS)[number];
/** One record of a file; `fault` instead of cells where it could not be read. */
export type CsvRecord = {
  readonly number: number;
  readonly cells: readonly string[];
  /** Byte of the file where the next record begins. */
  readonly end: number;
  readonly fault?: string;
};
export type Heading = {
  readonly columns: readonly string[];
  readonly delimiter: Delimiter;
  readonly end: number;
};

/** Reads the heading of a file: its names, what parts them, and where the first record begins. */
export function readHeading(start: Buffer): Heading | undefined {
  const text = start.toString('utf8');
  const line = text.slice(0, text.search(/\r?\n|$/));
  const delimiter = DELIMITERS.toSorted((a, b) => line.split(b).length - line.split(a).length)[0]!;
  try {
    const [found] = parseNow(start, {
      delimiter,
      bom: true,
      info: true,
      to: 1,
      relax_column_count: true,
    }) as unknown as {
      record: string[];
      info: { bytes: number };
    }[];
    return found && { columns: found.record.map((name) => name.trim()), delimiter, end: found.info.bytes };
  } catch {
    return undefined;
  }
}

/**
 * Reads the records from a place on.
 *
 * @param pieces - the file from `from` on
 * @param number - of the last record before `from`
 * @throws CsvError where nobody can tell where a record ends, such as a quote that never closes
 */
export async function* readRecords(
  pieces: AsyncIterable<Buffer>,
  { from, number, delimiter, width }: { from: number; number: number; delimiter: string; width: number },
): AsyncGenerator<CsvRecord> {
  const parser = Readable.from(pieces, { objectMode: false }).pipe(
    parse({
      delimiter,
      info: true,
      // What people write by hand: a quote in the middle of a cell is a quote.
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LARGEST,
    }),
  );
  let count = number;
  for await (const { record, info } of parser as AsyncIterable<{
    record: string[];
    info: { bytes: number };
  }>) {
    const isRagged = record.length > width;
    const fault = isRagged ? `This row has ${record.length} cells, the heading has ${width}` : undefined;
    yield { number: ++count, cells: record, end: from + info.bytes, ...(fault !== undefined && { fault }) };
  }
}
