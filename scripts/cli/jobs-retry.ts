import { type Command, CommandError } from './command.ts';
import { withKernel } from './open-kernel.ts';

export default {
  words: 'ID',
  run: ({ words: [id] }) =>
    withKernel('jobs retry', async ({ jobs }) => {
      if (!(await jobs.admin.retry(id!))) {
        throw new CommandError(`There is no failed job ${id}. See kontor jobs list --state failed`);
      }
      return { data: { id }, text: `Job ${id} waits to run again` };
    }),
} satisfies Command;
