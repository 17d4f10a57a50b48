import { writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { readSettingsSchema } from '../../plugins/storefront/themes/model/theme-settings.ts';
import type { ThemeFiles } from '../../plugins/storefront/themes/zip/theme-files.ts';
import type { Command } from './command.ts';
import { archiveOf, readLocal } from './theme/local.ts';

export default {
  words: 'FOLDER [FILE]',
  async run({ words: [path, given] }) {
    const theme = await readLocal(path!);
    const archive = await archiveOf(theme);
    const file = resolve(given ?? nameFor(theme.files));
    await writeFile(file, archive);
    const { files, warnings } = theme.report;
    return {
      data: { file, bytes: archive.length, files, warnings },
      text: `${relative(process.cwd(), file)}: ${files} files, ${Math.ceil(archive.length / 1024)} kB, ${warnings.length} warnings`,
    };
  },
} satisfies Command;

function nameFor(files: ThemeFiles): string {
  const schema = files.get('config/settings_schema.json');
  const { info } = readSettingsSchema(typeof schema === 'string' ? schema : undefined);
  const words = [info.name || 'theme', info.version].filter(Boolean).join('-').toLowerCase();
  return `${words.replaceAll(/[^a-z0-9.]+/g, '-')}.zip`;
}
