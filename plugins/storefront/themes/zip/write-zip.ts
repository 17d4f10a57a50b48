import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

type Packed = { name: Buffer; checksum: number; packed: number; bytes: number; method: number; at: number };

const pack = promisify<Buffer, Buffer>(deflateRaw);

/**
 * Writes an archive piece by piece, so that only one file is in memory at a time. The same files give the same bytes: they have
 * no times.
 *
 * @param files - at most 65,535, of less than 4 GB together
 */
export async function* writeZip(
  files: Iterable<readonly [string, string | Buffer]> | AsyncIterable<readonly [string, string | Buffer]>,
): AsyncGenerator<Buffer> {
  const entries: Packed[] = [];
  let at = 0;
  for await (const [path, content] of files) {
    const bytes = Buffer.from(content);
    const deflated = await pack(bytes);
    const isSmaller = deflated.length < bytes.length;
    const body = isSmaller ? deflated : bytes;
    const entry: Packed = {
      ...{ name: Buffer.from(path), checksum: crc32(bytes), packed: body.length, bytes: bytes.length },
      ...{ method: isSmaller ? DEFLATED : STORED, at },
    };
    const header = Buffer.concat([localHeader(entry), entry.name]);
    entries.push(entry);
    at += header.length + body.length;
    yield header;
    yield body;
  }
  const list = Buffer.concat(entries.flatMap((entry) => [listHeader(entry), entry.name]));
  yield list;
  yield endOf({ count: entries.length, bytes: list.length, at });
}

const STORED = 0;
const DEFLATED = 8;
const VERSION = 20; // 2.0, which has folders and deflate
const UTF8 = 0x800;
const DAY_ONE = 0x21; // 1980-01-01, the first day that the format knows

function localHeader({ name, checksum, packed, bytes, method }: Packed): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(UTF8, 6);
  header.writeUInt16LE(method, 8);
  header.writeUInt16LE(DAY_ONE, 12);
  header.writeUInt32LE(checksum, 14);
  header.writeUInt32LE(packed, 18);
  header.writeUInt32LE(bytes, 22);
  header.writeUInt16LE(name.length, 26);
  return header;
}

function listHeader({ name, checksum, packed, bytes, method, at }: Packed): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(VERSION, 6);
  header.writeUInt16LE(UTF8, 8);
  header.writeUInt16LE(method, 10);
  header.writeUInt16LE(DAY_ONE, 14);
  header.writeUInt32LE(checksum, 16);
  header.writeUInt32LE(packed, 20);
  header.writeUInt32LE(bytes, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt32LE(at, 42);
  return header;
}

function endOf({ count, bytes, at }: { count: number; bytes: number; at: number }): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(bytes, 12);
  end.writeUInt32LE(at, 16);
  return end;
}
