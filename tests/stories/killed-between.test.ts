import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';

const run = promisify(execFile);
const child = fileURLToPath(new URL('../support/fault-child.ts', import.meta.url));
const ledger = new URL('../support/plugins/ledger', import.meta.url);

t.setTimeout(300_000);

t.test('a process killed at any statement leaves as many effects as commits', async (t) => {
  const started = await startTestKernel(t, { plugins: [ledger], until: 'control' });
  const { kernel, stores, clock } = started;
  const target = kernel.database.target('admin');
  const input = {
    target,
    bundled: fileURLToPath(new URL('../support/plugins', import.meta.url)),
    storeId: stores.a.id,
    changes: 1,
  };
  const start = (more: object) =>
    run(process.execPath, [
      '--import',
      './sdk/register.js',
      child,
      JSON.stringify({ ...input, ...more }),
    ]).catch((error: { signal?: string; stderr?: string }) => {
      if (error.signal !== 'SIGKILL') throw error;
      return { stdout: 'killed' };
    });
  const admin = new pg.Client(target as pg.ClientConfig);
  await admin.connect();
  t.teardown(() => admin.end());

  await start({ faultAt: null }); // the first one also makes the queue

  let killed = 0;
  /** Every second statement, until the work is over before the fault comes; thrice, as two processes share it. */
  const killAt = async (first: number, faultAfter: boolean) => {
    for (let faultAt = first, survived = 0; survived < 3; faultAt += 2) {
      const { stdout } = await start({ faultAt, faultAfter });
      if (stdout === 'killed') killed += 1;
      else survived += 1;
    }
  };
  await Promise.all([killAt(1, false), killAt(2, true)]);
  t.ok(killed >= 20, `${killed} processes were killed in the middle`);

  // What a killed process had taken comes back when its lease is over.
  for (let turn = 0; turn < 5; turn += 1) {
    clock.move(60 * 60 * 1000);
    await started.jobs.drain();
  }
  const { rows } = await admin.query(
    `select (select count(*)::int from ledger.changes) as changes, (select count(*)::int from kernel.events) as events,
       (select count(*)::int from ledger.effects where kind = 'event') as by_event,
       (select count(*)::int from ledger.effects where kind = 'job') as by_job`,
  );
  const { changes } = rows[0];
  t.ok(changes > 0);
  t.same(rows, [{ changes, events: changes, by_event: changes, by_job: changes }]);
});
