import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Cradle, ok, refused, type Result, type ThemeReport } from 'kontor/sdk';
import { type Finding, reportOf } from '../judge/findings.ts';
import { judgeFile } from '../judge/judge-file.ts';
import { type JudgeLiquid, judgeTheme } from '../judge/judge-theme.ts';
import { readZip } from '../zip/read-zip.ts';
import { sizeOf, type ThemeFiles, themeFilesOf } from '../zip/theme-files.ts';

type Needs = Pick<Cradle, 'platform' | 'random'>;

const DAY = 24 * 3_600_000; // ms

/**
 * Reads and judges what came.
 *
 * @param content - an archive as it comes, or files by their paths
 * @param isWhole - a theme, and not some files of one
 * @returns `brokenTheme` with the report
 */
export async function takeIn(
  input: { content: Readable | ThemeFiles; isWhole: boolean; liquid: JudgeLiquid },
  services: Needs,
): Promise<Result<{ files: ThemeFiles; report: ThemeReport }, 'brokenTheme'>> {
  const { content, isWhole, liquid } = input;
  const { files, ignored, faults } =
    content instanceof Readable ? await readArchive(content, services) : plainFiles(content);
  const judge = async (): Promise<Finding[]> =>
    isWhole
      ? judgeTheme(files, liquid)
      : [...files].flatMap(([path, one]) => judgeFile({ path, content: one, liquid }));
  // What could not be read is not judged further: everything else would follow from it.
  const report = reportOf(faults.length > 0 ? faults : await judge(), {
    ...{ files: files.size, bytes: totalOf(files), ignored },
  });
  return report.errors.length > 0 ? refused('brokenTheme', { report }) : ok({ files, report });
}

/** Bytes of all files. */
export const totalOf = (files: ThemeFiles): number =>
  [...files.values()].reduce((sum, content) => sum + sizeOf(content), 0);

/** Removes archives that a process which died has left, a day later: another may still be at it. */
export async function dropLeftovers({ clock, platform }: Pick<Cradle, 'clock' | 'platform'>): Promise<void> {
  const folder = await spoolFolder(platform);
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs = clock.now().getTime() } = (await stat(path).catch(() => undefined)) ?? {};
    if (clock.now().getTime() - mtimeMs > DAY) await rm(path, { force: true });
  }
}

type Read = { files: ThemeFiles; ignored: string[]; faults: Finding[] };

/** An archive is read from disk: its list of files stands at its end. */
async function readArchive(content: Readable, { platform, random }: Needs): Promise<Read> {
  const path = join(await spoolFolder(platform), random.token());
  try {
    await pipeline(content, createWriteStream(path, { mode: 0o600 }));
    const read = await readZip(path);
    const nothing: Read = { files: new Map(), ignored: [], faults: [] };
    return 'refused' in read ? { ...nothing, faults: read.refused } : themeFilesOf(read.files);
  } finally {
    await rm(path, { force: true });
  }
}

async function spoolFolder(platform: Cradle['platform']): Promise<string> {
  const folder = join(await platform.folder(), 'incoming-themes');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function plainFiles(files: ThemeFiles): Read {
  return themeFilesOf([...files].map(([path, content]) => ({ path, content: Buffer.from(content) })));
}
