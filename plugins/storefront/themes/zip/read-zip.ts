import { buffer } from 'node:stream/consumers';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { error, type Finding } from '../judge/findings.ts';
import { THEME_LIMITS } from './limits.ts';

/** A file as an archive or a folder has it. */
export type RawFile = { readonly path: string; readonly content: Buffer };

/**
 * Reads an archive. The list of its files is judged before any of them is unpacked: their number and sizes, links, passwords,
 * and names that lead elsewhere. A file that is larger than the list says ends the reading.
 *
 * @param path - of the archive on this machine's disk
 * @returns the files, or why the archive is refused
 */
export async function readZip(path: string): Promise<{ files: RawFile[] } | { refused: Finding[] }> {
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(path, { autoClose: false, lazyEntries: true });
    if (zip.entryCount > THEME_LIMITS.entries) {
      return refuse('tooManyFiles', `Expected at most ${THEME_LIMITS.entries} files, got ${zip.entryCount}`);
    }
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    const faults = [...entries.flatMap(entryFaults), ...totalFaults(entries)];
    return faults.length > 0 ? { refused: faults } : { files: await unpack(zip, entries) };
  } catch (reason) {
    return refuse(...archiveFault(reason as Error));
  } finally {
    zip?.close();
  }
}

const refuse = (code: string, message: string) => ({ refused: [error(code, '', message)] });

const LINK = 0o120000;
const KIND = 0o170000;

function entryFaults(entry: Entry): Finding[] {
  const { fileName, uncompressedSize, compressedSize, externalFileAttributes } = entry;
  const faults: Finding[] = [];
  if (((externalFileAttributes >>> 16) & KIND) === LINK) {
    faults.push(error('link', fileName, 'Expected a file, got a link; put the file itself in its place'));
  }
  if (entry.isEncrypted()) faults.push(error('encrypted', fileName, 'Expected a file without a password'));
  if (uncompressedSize > THEME_LIMITS.asset) {
    faults.push(
      error(
        'fileTooLarge',
        fileName,
        `Expected at most ${inMb(THEME_LIMITS.asset)}, got ${inMb(uncompressedSize)}`,
      ),
    );
  }
  const isDense = uncompressedSize > compressedSize * THEME_LIMITS.ratio;
  if (uncompressedSize > THEME_LIMITS.ratioFrom && isDense) {
    faults.push(
      error('tooDense', fileName, `It grows more than ${THEME_LIMITS.ratio} times when it is unpacked`),
    );
  }
  return faults;
}

function totalFaults(entries: readonly Entry[]): Finding[] {
  const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (total <= THEME_LIMITS.total) return [];
  return [error('tooLarge', '', `Expected at most ${inMb(THEME_LIMITS.total)} of files, got ${inMb(total)}`)];
}

async function unpack(zip: ZipFile, entries: readonly Entry[]): Promise<RawFile[]> {
  const files: RawFile[] = [];
  for (const entry of entries) {
    if (entry.fileName.endsWith('/')) continue; // a folder
    const stream = await zip.openReadStreamPromise(entry);
    files.push({ path: entry.fileName, content: await buffer(stream) });
  }
  return files;
}

/** What the reader says of names that lead elsewhere is told as such; anything else is an archive that cannot be read. */
function archiveFault({ message }: Error): [code: string, message: string] {
  const isName = /^(absolute path|invalid relative path|invalid characters in fileName)/.test(message);
  return isName
    ? ['unsafePath', `Expected names within the theme: ${message}`]
    : ['brokenArchive', `Expected a ZIP archive: ${message}`];
}

const inMb = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
