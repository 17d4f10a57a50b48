import type { Command } from './command.ts';
import { withKernel } from './open-kernel.ts';

export default {
  words: 'ID',
  run: ({ words: [id] }) =>
    withKernel('plugins archive', async ({ plugins }) => {
      const { file } = await plugins.archive(id!);
      return { data: { id, file }, text: `The data of ${id} are in ${file}` };
    }),
} satisfies Command;
