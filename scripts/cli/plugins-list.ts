import type { Command } from './command.ts';
import { withKernel } from './open-kernel.ts';
import { table } from './table.ts';

export default {
  run: () =>
    withKernel('plugins list', async ({ plugins }) =>
      table(
        await plugins.list(),
        ['id', 'version', 'state', 'source', 'title', 'quarantine'],
        'There are no plugins; npm run new:plugin NAME makes one',
      ),
    ),
} satisfies Command;
