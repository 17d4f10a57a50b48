import t from 'tap';
import { withConnection } from '../../../kernel/database/index.ts';
import { run } from '../../support/checkout.ts';
import type { KernelDatabase } from '../../../kernel/parts.ts';
import { aJob, gate, startJobs, until } from './support.ts';

t.test('the job of a worker that was killed runs again elsewhere, within its lease', async (t) => {
  const attempts: number[] = [];
  const again = gate();
  const { a, send, start, find, target, setTime, metrics } = await startJobs(t, {
    'sample.count': aJob((job) => {
      attempts.push(job.attempt);
      again.open();
    }),
  });
  setTime(new Date().toISOString()); // the other process has the real time
  const id = await send(a, 'sample.count', 1);
  const { ref, token } = a;
  const doomed = run({
    program: 'tests/kernel/jobs/doomed-worker.ts',
    args: [JSON.stringify({ target, store: { ref, token } })],
  });
  t.match(await doomed.told('begun'), { id, attempt: 1 });

  doomed.child.kill('SIGKILL');
  await doomed.ended;
  t.match(await find(a, id), { state: 'running' }, 'nobody could say that it ended');
  await start();
  await again.opened;
  await until(async () => (await find(a, id))?.state === 'done');

  t.strictSame(attempts, [2]);
  t.match(metrics.text(), 'kontor_jobs_lost_total{name="sample.count"} 1');
});

t.test('a job that takes down every process is given up', async (t) => {
  const { a, send, start, find, database } = await startJobs(t, {
    'sample.count': aJob(() => t.fail('it may not run again'), { retries: 1 }),
  });
  const id = await send(a, 'sample.count', 1);
  await database.platform.query(
    `update kernel.jobs set attempts = 2, state = 'running', relayed_at = run_at - interval '1 hour' where id = $1`,
    [id],
  );

  await start();
  await until(async () => (await find(a, id))?.state === 'failed');

  t.match(await find(a, id), { error: /KERNEL_ERR_JOB_LOST: .* the last of 2 attempts/ });
});

t.test('a relay that dies between the queue and its commit relays the same job again', async (t) => {
  let isDying = true;
  let runs = 0;
  const dying = (real: KernelDatabase): KernelDatabase => ({
    ...real,
    platform: {
      ...real.platform,
      transaction: (work) =>
        real.platform.transaction(async () => {
          const value = await work();
          if (isDying) throw new Error('died before the commit');
          return value;
        }),
    },
  });
  const job = aJob(() => {
    runs += 1;
  });
  const { a, send, find, drain } = await startJobs(t, { 'sample.count': job }, { database: dying });
  const id = await send(a, 'sample.count', 1);

  await t.rejects(drain(), { message: 'died before the commit' });
  t.match(await find(a, id), { state: 'waiting' });
  isDying = false;
  await drain();
  await drain();

  t.equal(runs, 1);
  t.match(await find(a, id), { state: 'done' });
});

for (const outcome of ['does well', 'fails'])
  t.test(
    `a worker that lost its job and then ${outcome} takes nothing from whoever has it now`,
    async (t) => {
      const begun = gate();
      const go = gate();
      const { a, send, start, stop, database, target } = await startJobs(t, {
        'sample.count': aJob(async () => {
          begun.open();
          await go.opened;
          if (outcome === 'fails') throw new Error('no');
        }),
      });
      const id = await send(a, 'sample.count', 1);
      await start();
      await begun.opened;
      // What another node writes when the queue has given the job to it.
      await database.platform.query(`update kernel.jobs set attempts = 2 where id = $1`, [id]);

      go.open();
      await stop();

      await withConnection(target, async (client) => {
        const { rows } = await client.query('select state from pgboss.job where id = $1', [id]);
        t.strictSame(rows, [{ state: 'active' }], 'its place in the queue is kept');
      });
    },
  );
