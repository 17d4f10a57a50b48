import { resolve } from 'node:path';
import type { Command } from './command.ts';
import { withKernel } from './open-kernel.ts';

export default {
  words: 'FILE',
  run: ({ words: [file] }) =>
    withKernel('plugins restore', async ({ plugins }) => {
      await plugins.restore(resolve(file!));
      return { data: { file }, text: `${file} is restored` };
    }),
} satisfies Command;
