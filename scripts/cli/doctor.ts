import { createConfig } from '../config/index.ts';
import type { Config } from '../../kernel/parts.ts';
import type { Answer, Command } from './command.ts';
import { commandLog } from './readable-log.ts';
import { databaseChecks } from './doctor-database.ts';
import { type Check, checkHome, checkNode, checkPort, checkSecret } from './doctor-machine.ts';
import { openDatabase, withKernel } from './open-kernel.ts';
import { pendingMigrations } from './pending-migrations.ts';

export default {
  async run(): Promise<Answer> {
    const checks = await examine();
    const problems = checks.filter(({ fix }) => fix);
    return {
      data: checks,
      text: checks.map(line).join('\n'),
      exitCode: problems.length > 0 ? 1 : 0,
    };
  },
} satisfies Command;

async function examine(): Promise<Check[]> {
  const node = checkNode();
  let config: Config;
  try {
    config = createConfig({ ...process.env, KONTOR_LOG_LEVEL: 'silent' });
  } catch (error) {
    const { details } = error as { details?: { problems?: string[] } };
    const problems = details?.problems ?? [(error as Error).message];
    return [
      node,
      ...problems.map((found) => ({
        name: 'environment',
        found,
        fix: 'see docs/reference/configuration.md',
      })),
    ];
  }
  const machine = [
    node,
    { name: 'environment', found: config.mode },
    checkHome(config),
    checkSecret(config),
    await checkPort(config),
  ];
  return [...machine, ...(await examineDatabase(config))];
}

async function examineDatabase(config: Config): Promise<Check[]> {
  try {
    const { target, directTarget, leave } = await openDatabase(config, commandLog(config));
    try {
      const pending = await pendingMigrations(config, directTarget);
      return [
        ...(await databaseChecks({ config, target, directTarget })),
        {
          name: 'migrations',
          found: pending.length > 0 ? `${pending.length} steps wait for the next start` : 'all taken',
        },
        // Loading plugins takes their steps, too; that is for a start to do, not for a look.
        ...(pending.length === 0 ? await checkPlugins() : []),
      ];
    } finally {
      await leave();
    }
  } catch (error) {
    const fix = 'check DATABASE_URL, and that the server runs';
    return [{ name: 'database', found: (error as Error).message, fix }];
  }
}

function checkPlugins(): Promise<Check[]> {
  return withKernel('doctor', async ({ plugins }) => {
    const list = await plugins.list();
    const bad = list.filter(({ quarantine }) => quarantine);
    const good = {
      name: 'plugins',
      found: `${list.length - bad.length} of ${list.length} are as they should be`,
    };
    return [
      good,
      ...bad.map(({ id, quarantine }) => ({
        name: `plugin ${id}`,
        found: quarantine!,
        fix: `mend it, or: kontor plugins disable ${id}`,
      })),
    ];
  });
}

function line({ name, found, fix }: Check): string {
  return `${fix ? 'problem' : 'ok     '}  ${name.padEnd(14)} ${found}${fix ? `\n${' '.repeat(24)} To do: ${fix}` : ''}`;
}
