import t from 'tap';
import { aJob, gate, startJobs, until } from './support.ts';

t.test('a worker runs what is sent, without being asked', async (t) => {
  const ran: number[] = [];
  const { a, send, start } = await startJobs(t, {
    'sample.count': aJob((job) => void ran.push(job.payload.to)),
  });
  await start();

  await send(a, 'sample.count', 7);

  await until(() => ran.length === 1);
  t.strictSame(ran, [7]);
});

t.test('a web process sends and does not run', async (t) => {
  let runs = 0;
  const jobs = {
    'sample.count': aJob(() => {
      runs += 1;
    }),
  };
  const { a, send, start, find } = await startJobs(t, jobs, { role: 'web' });
  await start();

  const id = await send(a, 'sample.count', 1);

  t.match(await find(a, id), { state: 'waiting' });
  t.equal(runs, 0);
});

t.test('a store with 500 waiting jobs does not keep another from its first', async (t) => {
  const order: string[] = [];
  const { a, b, inStore, database, jobs, send, start } = await startJobs(t, {
    'sample.count': aJob((job) => void order.push(job.payload.to === 0 ? 'b' : 'a')),
  });
  await inStore(a, () =>
    database.transaction(async () => {
      for (let index = 0; index < 500; index += 1) await jobs.send('sample.count', { to: 1 });
    }),
  );
  await send(b, 'sample.count', 0);

  await start();
  await until(() => order.includes('b'));

  t.ok(order.indexOf('b') < 4, `b's job was number ${order.indexOf('b') + 1}`);
});

t.test('runs no more than perStore of a name at once, over all nodes', async (t) => {
  const most = { a: 0, b: 0 };
  const now = { a: 0, b: 0 };
  let left = 40;
  const over = gate();
  const started = await startJobs(
    t,
    {
      'sample.count': aJob(
        async (job) => {
          const store = job.payload.to === 0 ? 'b' : 'a';
          now[store] += 1;
          most[store] = Math.max(most[store], now[store]);
          await started.database.platform.query('select pg_sleep(0.01)');
          now[store] -= 1;
          left -= 1;
          if (left === 0) over.open();
        },
        { perStore: 3 },
      ),
    },
    { concurrency: 10 },
  );
  const second = await started.another();
  for (let index = 0; index < 20; index += 1) {
    await started.send(started.a, 'sample.count', 1);
    await started.send(started.b, 'sample.count', 0);
  }

  await Promise.all([started.start(), second.start()]);
  await over.opened;

  t.strictSame(most, { a: 3, b: 3 });
});

t.test('one slow job does not block the others', async (t) => {
  const slow = gate();
  const ran: number[] = [];
  const { a, b, send, start, find } = await startJobs(t, {
    'sample.count': aJob(async (job) => {
      if (job.payload.to === 0) await slow.opened;
      ran.push(job.payload.to);
    }),
  });
  await start();
  const id = await send(a, 'sample.count', 0);

  for (const to of [1, 2, 3]) await send(a, 'sample.count', to);
  await send(b, 'sample.count', 4);

  await until(() => ran.length === 4);
  t.match(await find(a, id), { state: 'running' });
  slow.open();
  await until(async () => (await find(a, id))?.state === 'done');
});

t.test('a job that throws what no database keeps holds up nobody', async (t) => {
  const thrown: unknown[] = [`${'x'.repeat(3_999)}\u{1f6d2}`, '\0', Object.create(null), { message: 4 }];
  const ran: number[] = [];
  const { a, send, start, find } = await startJobs(t, {
    'sample.count': aJob(
      (job) => {
        if (job.payload.to === 0) throw thrown.shift();
        ran.push(job.payload.to);
      },
      { retries: 0 },
    ),
  });
  const ids = [];
  for (const _ of [...thrown]) ids.push(await send(a, 'sample.count', 0));
  await send(a, 'sample.count', 1);

  await start();
  await until(() => ran.length === 1);

  for (const id of ids) await until(async () => (await find(a, id))?.state === 'failed');
  t.strictSame(ran, [1]);
});

t.test('a job that is cancelled in the queue leaves its place to another', async (t) => {
  const [begun, slow] = [gate(), gate()];
  const ran: number[] = [];
  const job = aJob(async ({ payload }) => {
    ran.push(payload.to);
    begun.open();
    if (payload.to === 0) await slow.opened;
  });
  const { a, b, send, start, inStore, jobs, database } = await startJobs(
    t,
    { 'sample.count': job, 'sample.other': job },
    { concurrency: 1 },
  );
  await start();
  await send(a, 'sample.count', 0);
  await begun.opened;
  const next = await send(a, 'sample.other', 1);
  await send(b, 'sample.count', 2);
  const queued = 'select id from kernel.jobs where relayed_at is not null';
  await until(async () => (await database.platform.query(queued)).length === 3);

  t.match(await inStore(a, () => jobs.cancel(next)), { ok: true });
  slow.open();
  await until(() => ran.length === 2);

  t.strictSame(ran, [0, 2]);
});

t.test('shows its progress while it runs, and the last of it for good', async (t) => {
  const [half, end] = [gate(), gate()];
  const heard: string[] = [];
  const { a, send, start, find, changes } = await startJobs(t, {
    'sample.count': aJob(
      async (job) => {
        await job.progress(50, 'half way');
        half.open();
        await end.opened;
        for (let percent = 51; percent < 90; percent += 1) await job.progress(percent, `at ${percent}`);
        throw new Error('stuck');
      },
      { retries: 0 },
    ),
  });
  changes.on('job', (key) => heard.push(key));
  await start();
  const id = await send(a, 'sample.count', 1);

  await half.opened;
  t.match(await find(a, id), { state: 'running', progress: 50, message: 'half way' });
  t.ok(heard.includes(`${a.ref.id}:${id}`));
  end.open();
  await until(async () => (await find(a, id))?.state === 'failed');

  t.match(await find(a, id), { progress: 89, message: 'at 89', error: 'stuck' });
});

t.test('a running job that is cancelled finds its signal aborted, and progress throws', async (t) => {
  const begun = gate();
  let found: { signal: unknown; thrown: unknown } | undefined;
  const { a, send, start, find, inStore, another } = await startJobs(t, {
    'sample.count': aJob(async (job) => {
      begun.open();
      await new Promise((resolve) => job.signal.addEventListener('abort', resolve));
      const thrown = await job.progress(10).catch((error) => error);
      found = { signal: job.signal.reason, thrown };
      throw thrown;
    }),
  });
  await start();
  const id = await send(a, 'sample.count', 1);
  await begun.opened;

  const { jobs } = await another();
  t.match(await inStore(a, () => jobs.cancel(id)), { ok: true }, 'asked on another node');
  await until(async () => (await find(a, id))?.state === 'cancelled');

  t.match(found, {
    signal: { code: 'KERNEL_ERR_JOB_CANCELLED' },
    thrown: { code: 'KERNEL_ERR_JOB_CANCELLED' },
  });
});

t.test('an attempt that takes longer than its time limit has failed, and can write no more', async (t) => {
  const late = gate();
  let afterwards: unknown;
  const started = await startJobs(t, {
    'sample.count': aJob(
      async (job) => {
        await new Promise((resolve) => job.signal.addEventListener('abort', resolve));
        await late.opened;
        afterwards = await started.database.query('select 1').catch((error) => error);
        late.open();
      },
      { timeLimit: 0.05, retries: 0 },
    ),
  });
  const { a, send, drain, find } = started;
  const id = await send(a, 'sample.count', 1);

  await drain();
  t.match(await find(a, id), {
    state: 'failed',
    error: /KERNEL_ERR_JOB_TIME_LIMIT: .* timeLimit of 0\.05 s/,
  });
  late.open();
  await until(() => afterwards !== undefined);

  t.match(afterwards, { code: 'KERNEL_ERR_LEASE_ENDED' });
});

t.test(
  'what runs when the process stops gets the signal and runs again, without a lost attempt',
  async (t) => {
    const begun = gate();
    const attempts: number[] = [];
    const { a, send, start, find, part } = await startJobs(t, {
      'sample.count': aJob(
        async (job) => {
          attempts.push(job.attempt);
          begun.open();
          await new Promise((resolve) => job.signal.addEventListener('abort', resolve));
          throw job.signal.reason;
        },
        { retries: 0 },
      ),
    });
    await start();
    const id = await send(a, 'sample.count', 1);
    await begun.opened;

    await part.stop();

    t.match(await find(a, id), { state: 'waiting', error: null });
    t.strictSame(attempts, [1]);
  },
);

t.test('tells how many jobs do not get to run, and for how long', async (t) => {
  const { a, send, start, move, metrics, setPlugins } = await startJobs(t, {
    'sample.count': aJob(() => undefined),
  });
  await send(a, 'sample.count', 1);
  setPlugins(a);
  move(90_000);

  await start();

  await until(() => metrics.text().includes('kontor_jobs_oldest_seconds 90'));
  t.match(metrics.text(), 'kontor_jobs_due 1');
});
