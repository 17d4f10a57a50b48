import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from '../../kernel/database/index.ts';
import { type Command, CommandError } from './command.ts';
import { openDatabase, openKernel, quietConfig } from './open-kernel.ts';
import { commandLog } from './readable-log.ts';
import { furnish, signInLines } from './furnishing.ts';

export default {
  async run() {
    const config = quietConfig();
    if (config.database.url !== undefined) {
      throw new CommandError(
        'Expected the embedded database, got DATABASE_URL; nothing is removed there. Drop and create that database yourself, then start',
      );
    }
    if (config.mode === 'production')
      throw new CommandError('Expected development, got production; nothing was removed');
    const { target, leave } = await openDatabase(config, commandLog(config));
    try {
      const client = await connect({ ...target, database: 'postgres' });
      try {
        const name = target.database!;
        const { rows } = await client.query(
          `select count(*)::int as others from pg_stat_activity
           where datname = $1 and application_name = 'kontor'`,
          [name],
        );
        if (rows[0].others > 0) throw new CommandError('Kontor is running on this data; stop it first');
        await client.query(`drop database if exists "${name.replaceAll('"', '""')}" with (force)`);
      } finally {
        await client.end();
      }
    } finally {
      await leave();
    }
    await rm(join(config.home, 'plugins'), { recursive: true, force: true });
    const kernel = await openKernel(config, 'control');
    try {
      const { signIns, year } = await furnish(kernel);
      await year;
      await kernel.jobs.drain();
      const lines = ['The demo is new. First sign-ins, shown only now:', '', ...signInLines(signIns)];
      return { data: { signIns }, text: lines.join('\n') };
    } finally {
      await kernel.stop();
    }
  },
} satisfies Command;
