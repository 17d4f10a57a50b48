import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { createLiquid } from '../../../plugins/liquid/services/liquid.ts';
import { rendererOf } from '../../../plugins/storefront/render/renderer.ts';
import { findingLine, reportOf } from '../../../plugins/storefront/themes/judge/findings.ts';
import { judgeTheme } from '../../../plugins/storefront/themes/judge/judge-theme.ts';
import { liquidJudge } from '../../../plugins/storefront/themes/judge/liquid-judge.ts';
import { readFolder } from '../../../plugins/storefront/themes/zip/read-folder.ts';
import { sizeOf, type ThemeFiles, themeFilesOf } from '../../../plugins/storefront/themes/zip/theme-files.ts';
import { writeZip } from '../../../plugins/storefront/themes/zip/write-zip.ts';
import { CommandError } from '../command.ts';

/** A theme in a folder, with what is to be said of it. */
export type LocalTheme = {
  readonly folder: string;
  readonly files: ThemeFiles;
  readonly report: ReturnType<typeof reportOf>;
};

/** Reads and judges a theme in a folder, without a platform. @throws CommandError when there is no such folder */
export async function readLocal(path: string): Promise<LocalTheme> {
  const folder = resolve(path);
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new CommandError(`There is no folder ${path}`);
  const { files, ignored, faults } = themeFilesOf(await readFolder(folder));
  const bytes = [...files.values()].reduce((sum, content) => sum + sizeOf(content), 0);
  const { engine } = rendererOf({
    liquid: createLiquid({ clock: { now: () => new Date() }, stores: NO_STORES }),
  });
  const report = reportOf(
    [
      ...faults,
      ...(await judgeTheme(
        files,
        liquidJudge(() => engine),
      )),
    ],
    {
      files: files.size,
      bytes,
      ignored,
    },
  );
  return { folder, files, report };
}

/** The theme as an archive. @throws CommandError when it would be refused */
export async function archiveOf({ files, report }: LocalTheme): Promise<Buffer> {
  if (report.errors.length > 0) {
    throw new CommandError(['This theme would be refused:', ...report.errors.map(findingLine)].join('\n'));
  }
  return zipOf(files);
}

/** Some files as an archive. */
export function zipOf(files: Iterable<readonly [string, string | Buffer]>): Promise<Buffer> {
  return buffer(Readable.from(writeZip(files)));
}

const NO_STORES = {
  maybeCurrent: () => undefined,
  current: (): never => {
    throw new Error('A theme in a folder has no store');
  },
  actor: () => ({ kind: 'anonymous' }) as const,
};
