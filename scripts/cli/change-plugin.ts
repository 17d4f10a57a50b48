import type { Command } from './command.ts';
import { withKernel } from './open-kernel.ts';
import { scopeExplained, scopeOf, scopeOptions } from './plugin-scope.ts';
import { printPlan } from './print-plan.ts';

/** The command that plans and carries out one kind of change. */
export function changePlugin(action: 'enable' | 'disable'): Command {
  return {
    words: 'ID',
    options: scopeOptions,
    explain: scopeExplained,
    run: (given) =>
      withKernel(`plugins ${action}`, async (kernel) => {
        const plugin = given.words[0]!;
        const plan = await kernel.plugins.plan({ action, plugin, scope: await scopeOf(kernel, given) });
        if (plan.problems.length > 0) return printPlan(plan, given.options.store);
        await kernel.plugins.apply(plan);
        const all = [plugin, ...plan.affects];
        return { data: { action, plugins: all }, text: `${all.join(', ')}: ${action}d` };
      }),
  };
}
