import type { PluginPlan } from '../../kernel/parts.ts';
import type { Answer } from './command.ts';

/**
 * A plan in words; exit code 1 when it cannot be carried out.
 *
 * @param store - handle of the store it is for
 */
export function printPlan(plan: PluginPlan, store?: unknown): Answer {
  const { change, problems, affects, migrations, permissions, routes, hooks, jobs, points } = plan;
  const { action, plugin, scope } = change;
  const forWhom =
    scope === 'platform'
      ? 'the platform'
      : 'tier' in scope
        ? `tier ${scope.tier}`
        : `store ${store ?? scope.storeId}`;
  const steps = migrations.map((step) => {
    const heavy =
      step.heavy.length > 0 ? `, of which block a table that is in use: ${step.heavy.join('; ')}` : '';
    return `${step.plugin} ${step.name}: ${step.statements.length} statements${heavy}`;
  });
  const parts = {
    Along: affects,
    Migrations: steps,
    Permissions: permissions,
    Routes: routes,
    Hooks: hooks,
    Jobs: jobs,
    Points: points,
  };
  return {
    data: plan,
    text: [
      `To ${action} ${plugin} for ${forWhom}:`,
      ...problems.map((problem) => `  Not possible: ${problem}`),
      ...Object.entries(problems.length > 0 ? {} : parts).flatMap(([title, items]) =>
        items.length > 0 ? [`  ${title}`, ...items.map((item) => `    ${item}`)] : [],
      ),
    ].join('\n'),
    exitCode: problems.length > 0 ? 1 : 0,
  };
}
