import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { within } from '../../../kernel/context.ts';
import { hasPgbouncer, hasPostgres15, startPgbouncer, startPostgres15 } from '../../support/debian.ts';
import { startTestDatabase, testConfig } from '../../support/database.ts';
import { makeSampleSchema } from '../../support/sample.ts';

t.setTimeout(300_000);

const without = (name: string, isThere: boolean) =>
  isThere ? {} : { skip: `${name} is not installed on this machine` };

t.test(
  'everything that holds on the embedded server holds on PostgreSQL 15',
  without('PostgreSQL 15', hasPostgres15),
  async (t) => {
    const { target, stop } = await startPostgres15();
    t.teardown(stop);
    const url = `postgres://postgres@localhost:5432/postgres?host=${encodeURIComponent(target.host)}`;
    for (const file of ['isolation', 'transactions', 'migrations', 'managed', '../start/start']) {
      const path = fileURLToPath(new URL(`./${file}.test.ts`, import.meta.url));
      const child = spawn(process.execPath, ['--import', './sdk/register.js', path], {
        env: { ...process.env, KONTOR_TEST_DATABASE_URL: url },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += chunk;
      });
      const code = await new Promise((resolve) => child.once('exit', resolve));
      const failed = output.split('\n').filter((line) => /^\s*not ok/.test(line));
      t.same({ code, failed }, { code: 0, failed: [] }, file);
    }
  },
);

t.test(
  'six hundred reads through a transaction pool are each right',
  without('pgbouncer', hasPgbouncer),
  async (t) => {
    const users = ['kontor_test_app', 'kontor_test_platform'];
    let stop = async () => {};
    const config = { database: { ...testConfig().database, statements: 'pooled' as const, poolSize: 10 } };
    const started = await startTestDatabase(t, config, async (target) => {
      const proxy = await startPgbouncer(target, users);
      stop = proxy.stop;
      return proxy.target;
    });
    t.teardown(() => stop());
    await makeSampleSchema(started);
    const { stores, database } = started;
    const notes = database.forPlugin('sample');
    for (const store of [stores.a, stores.b]) {
      await within({ store }, () =>
        notes.query('insert into sample.notes (store_id, text) values ($1, $2)', [
          store.ref.id,
          store.ref.handle,
        ]),
      );
    }
    const turns = Array.from({ length: 600 }, (_, turn) => [stores.a, stores.b, undefined][turn % 3]);
    const read = () => notes.read('texts', 'select text from sample.notes');
    const got = await Promise.all(
      turns.map((store, turn) =>
        within({ store }, () => (turn % 2 === 0 ? read() : notes.transaction(read))),
      ),
    );
    t.same(
      got,
      turns.map((store) => (store ? [{ text: store.ref.handle }] : [])),
    );
  },
);
