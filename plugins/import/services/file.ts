import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type Cradle, type Id, ok, refused, type Result } from 'kontor/sdk';
import { errors } from '../errors.ts';
import { createSpareMemory } from './spare-memory.ts';

const PIECE = 262_144; // bytes: small beside the memory of a process, large beside the cost of a statement
const packed = promisify(gzip);
const unpacked = promisify(gunzip);

type Arrived = { bytes: number };
export type FileRefusal = 'wrongOffset' | 'wrongEncoding';

/**
 * The file of an import, kept in the database in pieces, so that any node can go on with it. A piece ends between two letters.
 */
export function createFile({ database, stores }: Pick<Cradle, 'database' | 'stores'>) {
  /**
   * Adds bytes as they come. What has arrived stays when the client goes away; it may go on from there.
   *
   * @param isWhole - nothing follows
   * @returns `wrongEncoding` with the byte where it is no UTF-8, and nothing of the file is kept then
   */
  async function append(
    runId: Id,
    { stream, offset, isWhole }: { stream: Readable; offset: number; isWhole: boolean },
  ): Promise<Result<Arrived, FileRefusal>> {
    let start = offset;
    let rest: Buffer[] = [];
    let size = 0;
    const spareMemory = createSpareMemory();
    const keep = async (isLast: boolean): Promise<Result<undefined, FileRefusal>> => {
      const bytes = Buffer.concat(rest);
      // The rest of a letter may come with what follows.
      const end = isLast && isWhole ? bytes.length : lastLetter(bytes);
      const piece = bytes.subarray(0, end);
      const fault = encodingFault(piece, start);
      if (fault) return refused('wrongEncoding', fault);
      if (!(await save(runId, start, piece))) return refused('wrongOffset', { bytes: start });
      start += end;
      rest = [bytes.subarray(end)];
      size = bytes.length - end;
      return ok();
    };
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      rest.push(chunk);
      size += chunk.length;
      if (size < PIECE) continue;
      const kept = await keep(false);
      if (!kept.ok) return kept;
      spareMemory();
    }
    const kept = size > 0 ? await keep(true) : ok();
    return kept.ok ? ok({ bytes: start }) : kept;
  }

  async function save(runId: Id, start: number, piece: Buffer): Promise<boolean> {
    const rows = await database.query(
      `with run as (
         update import.runs set bytes = $4 where store_id = $1 and id = $2 and bytes = $3 and state = 'uploading'
         returning id)
       insert into import.pieces (store_id, run_id, start_byte, end_byte, content)
       select $1, id, $3, $4, $5 from run returning run_id`,
      [stores.current().id, runId, start, start + piece.length, await packed(piece, { level: 1 })],
    );
    return rows.length > 0;
  }

  /** The bytes of a file from a place on, a piece at a time. */
  async function* read(runId: Id, { from, until }: { from: number; until: number }): AsyncGenerator<Buffer> {
    for (let at = from; at < until; ) {
      const [row] = await database.query<{ start_byte: number; end_byte: number; content: Buffer }>(
        `select start_byte, end_byte, content from import.pieces
         where store_id = $1 and run_id = $2 and start_byte <= $3 order by start_byte desc limit 1`,
        [stores.current().id, runId, at],
      );
      if (!row || row.end_byte <= at) throw new errors.IMPORT_ERR_PIECE_MISSING(at, runId);
      yield (await unpacked(row.content)).subarray(at - row.start_byte);
      at = row.end_byte;
    }
  }

  return { append, read };
}

/** Where the last whole letter of UTF-8 ends. */
function lastLetter(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0xc0) return bytes.length - back; // a letter begins here; it may lack its end
    if (byte < 0x80) return bytes.length;
  }
  return bytes.length;
}

function encodingFault(piece: Buffer, start: number): Record<string, unknown> | undefined {
  const wanted = 'UTF-8';
  const mark = start === 0 ? piece.subarray(0, 2).toString('hex') : '';
  if (mark === 'feff' || mark === 'fffe') return { wanted, got: 'UTF-16', byte: 0 };
  const zero = piece.indexOf(0);
  if (zero !== -1) return { wanted, got: 'bytes that are no text', byte: start + zero };
  if (isUtf8(piece)) return undefined;
  return { wanted, got: 'another encoding, perhaps Windows-1252', byte: start + firstFault(piece) };
}

/** Halves the piece until the first byte that is no UTF-8 is found. */
function firstFault(piece: Buffer): number {
  let [good, bad] = [0, piece.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isUtf8(piece.subarray(0, lastLetter(piece.subarray(0, middle))))) good = middle;
    else bad = middle;
  }
  while (good > 0 && !isUtf8(piece.subarray(0, good))) good -= 1;
  return good;
}
