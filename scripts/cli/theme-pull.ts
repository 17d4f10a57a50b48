import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { findingLine } from '../../plugins/storefront/themes/judge/findings.ts';
import { readZip } from '../../plugins/storefront/themes/zip/read-zip.ts';
import { themeFilesOf } from '../../plugins/storefront/themes/zip/theme-files.ts';
import { type Command, CommandError } from './command.ts';
import { CONNECTION, numberOf, platformOf } from './theme/platform.ts';

export default {
  words: 'FOLDER',
  options: { ...CONNECTION.options, theme: { type: 'string' } },
  explain: { ...CONNECTION.explain, theme: 'Number of the theme' },
  async run({ words: [path], options }) {
    const platform = platformOf({ options });
    const id = numberOf(options.theme);
    const answer = await platform.get(`/${id}/download`);
    const files = await unpacked(Buffer.from(await answer.arrayBuffer()));
    const folder = resolve(path!);
    for (const [name, content] of files) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    return {
      data: { folder, files: [...files.keys()] },
      text: `${files.size} files of theme ${id} are in ${path}; what else was there is as it was`,
    };
  },
} satisfies Command;

/** Only files that a theme can have: whoever answers must not write elsewhere on this machine. */
async function unpacked(archive: Buffer): Promise<ReadonlyMap<string, string | Buffer>> {
  const place = await mkdtemp(join(tmpdir(), 'kontor-theme-'));
  try {
    await writeFile(join(place, 'theme.zip'), archive);
    const read = await readZip(join(place, 'theme.zip'));
    if ('refused' in read) throw new CommandError(read.refused.map(findingLine).join('\n'));
    return themeFilesOf(read.files).files;
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
