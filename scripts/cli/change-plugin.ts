import type { Command } from './command.ts';
import { withKernel } from './open-kernel.ts';
import { alongExplained, alongOptions, scopeExplained, scopeOf, scopeOptions } from './plugin-scope.ts';
import { printPlan } from './print-plan.ts';

/** The command that plans and carries out one kind of change. */
export function changePlugin(action: 'enable' | 'disable'): Command {
  const isDisabling = action === 'disable';
  return {
    words: 'ID',
    options: { ...scopeOptions, ...(isDisabling && alongOptions) },
    explain: { ...scopeExplained, ...(isDisabling && alongExplained) },
    run: (given) =>
      withKernel(`plugins ${action}`, async (kernel) => {
        const plugin = given.words[0]!;
        const [scope, along] = [await scopeOf(kernel, given), Boolean(given.options.along)];
        const plan = await kernel.plugins.plan({ action, plugin, scope, along });
        if (plan.problems.length > 0) return printPlan(plan, given.options.store);
        await kernel.plugins.apply(plan);
        const all = [plugin, ...plan.affects];
        return { data: { action, plugins: all }, text: `${all.join(', ')}: ${action}d` };
      }),
  };
}
