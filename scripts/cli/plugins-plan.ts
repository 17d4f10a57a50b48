import type { Command } from './command.ts';
import { withKernel } from './open-kernel.ts';
import { alongExplained, alongOptions, scopeExplained, scopeOf, scopeOptions } from './plugin-scope.ts';
import { printPlan } from './print-plan.ts';

export default {
  words: 'ID',
  options: { ...scopeOptions, ...alongOptions, disable: { type: 'boolean' } },
  explain: { ...scopeExplained, ...alongExplained, disable: 'Plan to disable it, not to enable it' },
  run: (given) =>
    withKernel('plugins plan', async (kernel) => {
      const action = given.options.disable ? 'disable' : 'enable';
      const scope = await scopeOf(kernel, given);
      const along = Boolean(given.options.along);
      const plan = await kernel.plugins.plan({ action, plugin: given.words[0]!, scope, along });
      return printPlan(plan, given.options.store);
    }),
} satisfies Command;
