import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Cradle, ok, refused, type Result } from 'kontor/sdk';
import { HEAD, judgeType, type TypeName, TYPES } from './judge-type.ts';
import type { MediaSettings } from './settings.ts';

const MB = 1024 * 1024;
const DAY = 24 * 3_600_000; // ms

/** A file that came in, on this machine's disk until it is put away. */
export type Spooled = {
  readonly path: string;
  readonly type: TypeName;
  readonly bytes: number;
  /** SHA-256 of what came, before anything was made of it. */
  readonly checksum: string;
};

/**
 * Writes what comes to disk, so that a large file costs no memory. Its type is judged as soon as its beginning is there;
 * what is not taken in, or too large for its kind, is not read further.
 */
export async function spool(
  content: Buffer | Readable,
  { settings, platform, random }: { settings: MediaSettings } & Pick<Cradle, 'platform' | 'random'>,
): Promise<Result<Spooled, 'unsupportedType' | 'tooLarge'>> {
  const path = join(await spoolFolder({ platform }), random.token());
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  const waiting: Buffer[] = [];
  let type: TypeName | undefined;
  let bytes = 0;
  let isWhole = false;
  try {
    for await (const chunk of chunksOf(content)) {
      bytes += chunk.length;
      hash.update(chunk);
      waiting.push(chunk);
      if (bytes < HEAD) continue;
      const head = type === undefined ? Buffer.concat(waiting) : undefined;
      type ??= judgeType(head!);
      if (type === undefined) return refused('unsupportedType');
      if (bytes > maxBytes(type, settings))
        return refused('tooLarge', { maxBytes: maxBytes(type, settings) });
      for (const piece of waiting.splice(0)) await file.writeFile(piece);
    }
    const rest = Buffer.concat(waiting);
    type ??= judgeType(rest);
    if (type === undefined) return refused('unsupportedType');
    await file.writeFile(rest);
    isWhole = true;
    return ok({ path, type, bytes, checksum: hash.digest('hex') });
  } finally {
    await file.close();
    if (!isWhole) await rm(path, { force: true });
  }
}

/** Where files are while they come in; what a crash leaves there is nobody's. */
export async function spoolFolder({ platform }: Pick<Cradle, 'platform'>): Promise<string> {
  const folder = join(await platform.folder(), 'incoming');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Removes what a process that died left half way, a day later: another may still be at it. */
export async function dropLeftovers({ clock, platform }: Pick<Cradle, 'clock' | 'platform'>): Promise<void> {
  const folder = await spoolFolder({ platform });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs = clock.now().getTime() } = (await stat(path).catch(() => undefined)) ?? {};
    if (clock.now().getTime() - mtimeMs > DAY) await rm(path, { force: true });
  }
}

/** A stream that is not read to its end stays open: whoever owns it may still have to answer on the same connection. */
function chunksOf(content: Buffer | Readable): Iterable<Buffer> | AsyncIterable<Buffer> {
  return Buffer.isBuffer(content) ? [content] : content.iterator({ destroyOnReturn: false });
}

function maxBytes(type: TypeName, settings: MediaSettings): number {
  // What is sanitised is read as a whole, and longer than a drawing needs to be is an attack.
  if (type === 'svg') return 2 * MB;
  const byKind = {
    image: settings.maxImageMb,
    video: settings.maxVideoMb,
    document: settings.maxDocumentMb,
  };
  return byKind[TYPES[type].kind] * MB;
}
