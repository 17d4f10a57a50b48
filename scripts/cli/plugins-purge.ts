import { type Command, UsageError } from './command.ts';
import { withKernel } from './open-kernel.ts';

export default {
  words: 'ID',
  options: { yes: { type: 'boolean' } },
  explain: { yes: 'Do it: its tables, roles and settings are removed for good' },
  async run({ words: [id], options }) {
    if (!options.yes) {
      throw new UsageError(
        `This removes all tables, roles and settings of ${id} for good. Do it by: kontor plugins purge ${id} --yes`,
      );
    }
    return withKernel('plugins purge', async ({ plugins }) => {
      await plugins.purge(id!);
      return { data: { id }, text: `Nothing is left of ${id}` };
    });
  },
} satisfies Command;
