import type { Answer, Command } from './command.ts';
import { commandLog } from './readable-log.ts';
import { openDatabase, quietConfig, withKernel } from './open-kernel.ts';
import { type Pending, pendingMigrations } from './pending-migrations.ts';

export default {
  options: { plan: { type: 'boolean' } },
  explain: { plan: 'Print the statements, change nothing' },
  async run({ options }): Promise<Answer> {
    const before = await pending();
    if (options.plan) return { data: before, text: printed(before) };
    if (before.length > 0) await withKernel('migrate', async () => undefined);
    const left = await pending();
    const taken = before.filter((step) => !left.some((each) => isSame(each, step)));
    const text = [
      ...taken.map(({ owner, name }) => `${owner}: ${name} taken`),
      ...left.map(({ owner, name }) => `${owner}: ${name} was not taken; see kontor plugins list`),
    ];
    return {
      data: { taken: taken.map(nameOf), left: left.map(nameOf) },
      text: text.join('\n') || 'The database is up to date',
      exitCode: left.length > 0 ? 1 : 0,
    };
  },
} satisfies Command;

async function pending(): Promise<Pending[]> {
  const config = quietConfig();
  const { directTarget, leave } = await openDatabase(config, commandLog(config));
  try {
    return await pendingMigrations(config, directTarget);
  } finally {
    await leave();
  }
}

function printed(steps: readonly Pending[]): string {
  if (steps.length === 0) return 'The database is up to date';
  return steps
    .map(({ owner, name, statements, heavy }) =>
      [
        `-- ${owner}: ${name}`,
        ...heavy.map((sentence) => `-- heavy: ${sentence}`),
        ...statements.map((statement) => `${statement};`),
      ].join('\n'),
    )
    .join('\n\n');
}

const nameOf = ({ owner, name }: Pending) => ({ owner, name });
const isSame = (one: Pending, other: Pending) => one.owner === other.owner && one.name === other.name;
