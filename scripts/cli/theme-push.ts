import type { Command } from './command.ts';
import { archiveOf, readLocal } from './theme/local.ts';
import { CONNECTION, numberOf, platformOf } from './theme/platform.ts';

export default {
  words: 'FOLDER',
  options: {
    ...CONNECTION.options,
    theme: { type: 'string' },
    name: { type: 'string' },
    publish: { type: 'boolean' },
  },
  explain: {
    ...CONNECTION.explain,
    theme: 'Number of the theme that becomes what the folder is; a new one when left out',
    name: 'Name of a new theme; what the theme says of itself when left out',
    publish: 'Let visitors see it at once',
  },
  async run({ words: [path], options }) {
    const platform = platformOf({ options });
    const archive = await archiveOf(await readLocal(path!));
    const { id, number, warnings } =
      options.theme === undefined ? await install() : await replace(numberOf(options.theme));
    if (options.publish) await platform.publish(id);
    const done = options.publish ? 'is what visitors see' : 'is pushed';
    return {
      data: { id, number, warnings, isPublished: options.publish === true },
      text: `Theme ${id}, version ${number}, ${done}${warnings ? `; ${warnings} warnings, see kontor theme check` : ''}`,
    };

    async function install() {
      const name = options.name === undefined ? undefined : String(options.name);
      const { theme, report } = await platform.install(archive, name);
      return { id: theme.id, number: theme.head, warnings: report.warnings.length };
    }

    async function replace(id: number) {
      const { version, report } = await platform.push(id, archive, 'replace');
      return { id, number: version.number, warnings: report.warnings.length };
    }
  },
} satisfies Command;
