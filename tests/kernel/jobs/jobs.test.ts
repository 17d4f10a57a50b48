import t from 'tap';
import { current } from '../../../kernel/context.ts';
import { aJob, pluginsWith, startJobs } from './support.ts';

t.test('runs a job after the commit, in its store, as its plugin', async (t) => {
  const seen: unknown[] = [];
  const handler = aJob((job) => {
    const { store, plugin, actor } = current();
    seen.push({ to: job.payload.to, store: store?.ref.handle, plugin, actor, attempt: job.attempt });
  });
  const { a, send, drain, find } = await startJobs(t, { 'sample.count': handler });

  const id = await send(a, 'sample.count', 3);
  t.match(await find(a, id), { state: 'waiting', progress: 0, finishedAt: null });
  await drain();

  const actor = { kind: 'system', reason: 'job sample.count' };
  t.strictSame(seen, [{ to: 3, store: 'a', plugin: 'sample', actor, attempt: 1 }]);
  t.match(await find(a, id), { id, name: 'sample.count', state: 'done', progress: 100, error: null });
});

t.test('a job of a rolled back transaction never was', async (t) => {
  let runs = 0;
  const { a, jobs, drain, inStore, database } = await startJobs(t, {
    'sample.count': aJob(() => {
      runs += 1;
    }),
  });

  const attempt = inStore(a, () =>
    database.transaction(async () => {
      await jobs.send('sample.count', { to: 1 });
      throw new Error('changed my mind');
    }),
  );
  await t.rejects(attempt, { message: 'changed my mind' });
  await drain();

  t.equal(runs, 0);
  t.strictSame(await inStore(a, () => jobs.list()), []);
});

t.test('refuses what cannot become a job', async (t) => {
  const { a, inStore, jobs } = await startJobs(t, { 'sample.count': aJob(() => undefined) });

  await t.rejects(jobs.send('sample.count', { to: 1 }), { code: 'KERNEL_ERR_JOB_NO_STORE' });
  await t.rejects(
    inStore(a, () => jobs.send('sample.count', { to: 'x' } as never)),
    {
      code: 'KERNEL_ERR_PAYLOAD',
      message: /sample\.count.*payload\/to must be number/,
    },
  );
  await t.rejects(
    inStore(a, () => jobs.send('sample.coutn' as 'sample.count', { to: 1 })),
    {
      code: 'KERNEL_ERR_UNKNOWN_JOB',
      message: /did you mean 'sample\.count'/,
    },
  );
});

t.test('another store can neither see, cancel nor retry it', async (t) => {
  const { a, b, send, find, drain, inStore, jobs } = await startJobs(t, {
    'sample.count': aJob(() => Promise.reject(new Error('no')), { retries: 0 }),
  });
  const waiting = await send(a, 'sample.count', 1);

  t.equal(await find(b, waiting), undefined);
  t.match(await inStore(b, () => jobs.cancel(waiting)), { ok: false, refusal: 'notFound' });
  await drain();
  t.match(await find(a, waiting), { state: 'failed' });
  t.match(await inStore(b, () => jobs.retry(waiting)), { ok: false, refusal: 'notFound' });
  t.strictSame(await inStore(b, () => jobs.list()), []);
  t.match(await inStore(a, () => jobs.retry('nonsense')), { ok: false, refusal: 'notFound' });
});

t.test('tries again later and later, and gives up for good', async (t) => {
  const attempts: number[] = [];
  const failing = aJob(
    (job) => {
      attempts.push(job.attempt);
      throw new Error(`attempt ${job.attempt}`);
    },
    { retries: 2, retryDelay: 10 },
  );
  const { a, send, find, drain, move, admin, lines } = await startJobs(t, { 'sample.count': failing });
  const id = await send(a, 'sample.count', 1);

  await drain();
  t.match(await find(a, id), { state: 'waiting', error: 'attempt 1' });
  move(9_999);
  await drain();
  t.strictSame(attempts, [1], 'not before its time');
  move(1);
  await drain();
  move(19_999);
  await drain();
  t.strictSame(attempts, [1, 2], 'the pause is doubled');
  move(1);
  await drain();

  t.match(await find(a, id), { state: 'failed', error: 'attempt 3' });
  t.match(await admin.list({ state: 'failed' }), [
    { id, storeId: a.ref.id, attempts: 3, error: 'attempt 3' },
  ]);
  t.equal(lines.filter(({ level }) => level === 'error').length, 1);
});

t.test('a failed job that is retried begins anew', async (t) => {
  let isBroken = true;
  const { a, send, find, drain, inStore, jobs, admin } = await startJobs(t, {
    'sample.count': aJob(() => (isBroken ? Promise.reject(new Error('broken')) : undefined), { retries: 0 }),
  });
  const [one, two] = [await send(a, 'sample.count', 1), await send(a, 'sample.count', 2)];
  await drain();

  isBroken = false;
  t.match(await inStore(a, () => jobs.retry(one)), { ok: true });
  t.equal(await admin.retry(two), true);
  t.equal(await admin.retry('00000000-0000-0000-0000-000000000000'), false);
  await drain();

  t.match([await find(a, one), await find(a, two)], [{ state: 'done', error: null }, { state: 'done' }]);
  t.match(await inStore(a, () => jobs.retry(one)), { refusal: 'notFailed' });
});

t.test('runs not before its time', async (t) => {
  let runs = 0;
  const { a, send, drain, setTime } = await startJobs(t, {
    'sample.count': aJob(() => {
      runs += 1;
    }),
  });
  await send(a, 'sample.count', 1, { runAt: new Date('2026-11-22T10:00:00Z') });

  await drain();
  t.equal(runs, 0);
  setTime('2026-11-22T10:00:00Z');
  await drain();
  t.equal(runs, 1);
});

t.test('while one with a key waits, a second is not added', async (t) => {
  const ran: number[] = [];
  const { a, b, send, drain } = await startJobs(t, {
    'sample.count': aJob((job) => void ran.push(job.payload.to)),
  });

  const ids = await Promise.all(
    [1, 2, 3, 4, 5, 6, 7, 8].map((to) => send(a, 'sample.count', to, { key: 'k' })),
  );
  t.equal(new Set(ids).size, 1);
  t.not(await send(a, 'sample.count', 10, { key: 'other' }), ids[0]);
  t.not(await send(b, 'sample.count', 20, { key: 'k' }), ids[0], 'a key is of one store');
  await drain();
  t.equal(ran.length, 3);
  t.not(await send(a, 'sample.count', 9, { key: 'k' }), ids[0], 'it waits no more');
});

t.test('a waiting job that is cancelled never runs', async (t) => {
  let runs = 0;
  const { a, send, find, drain, inStore, jobs } = await startJobs(t, {
    'sample.count': aJob(() => {
      runs += 1;
    }),
  });
  const id = await send(a, 'sample.count', 1);

  t.match(await inStore(a, () => jobs.cancel(id)), { ok: true });
  await drain();

  t.equal(runs, 0);
  t.match(await find(a, id), { state: 'cancelled' });
  t.match(await inStore(a, () => jobs.cancel(id)), { refusal: 'finished' });
});

t.test('drain runs what handlers send as well', async (t) => {
  const ran: string[] = [];
  const started = await startJobs(t, {
    'sample.count': aJob(async ({ payload }) => {
      ran.push(`count ${payload.to}`);
      if (payload.to > 0) await started.jobs.send('sample.count', { to: payload.to - 1 });
      else await started.jobs.send('sample.other', { to: 0 });
    }),
    'sample.other': aJob(() => void ran.push('other')),
  });
  await started.send(started.a, 'sample.count', 2);

  await started.drain();

  t.strictSame(ran, ['count 2', 'count 1', 'count 0', 'other']);
});

t.test('a job of a plugin that is off waits, and is not lost', async (t) => {
  let runs = 0;
  const job = {
    'sample.count': aJob(() => {
      runs += 1;
    }),
  };
  const { a, send, find, drain, setPlugins, part } = await startJobs(t, job);
  const id = await send(a, 'sample.count', 1);

  setPlugins(a);
  await drain();
  t.match(await find(a, id), { state: 'waiting' }, 'off for the store');
  setPlugins(a, 'sample');
  await part.follow([]);
  await drain();
  t.match(await find(a, id), { state: 'waiting' }, 'not running at all');
  await part.follow(pluginsWith({ sample: job }));
  await drain();

  t.match(await find(a, id), { state: 'done' });
  t.equal(runs, 1);
});

t.test('keeps the old jobs when the new ones make no sense', async (t) => {
  let runs = 0;
  const job = aJob(() => {
    runs += 1;
  });
  const { a, send, drain, part } = await startJobs(t, { 'sample.count': job });

  const wrong = {
    'has a job of this name': { sample: { 'sample.count': job }, far: { 'sample.count': job } },
    "its schedule 'daily' is wrong": {
      sample: { 'sample.count': aJob(() => undefined, { schedule: { cron: 'daily', payload: { to: 1 } } }) },
    },
    'payload/to must be number': {
      sample: {
        'sample.count': aJob(() => undefined, {
          schedule: { cron: '0 3 * * *', payload: { to: 'x' } as never },
        }),
      },
    },
    'expected perStore of 1 or more': { sample: { 'sample.count': aJob(() => undefined, { perStore: 0 }) } },
    'a timeLimit of more than 0': {
      sample: { 'sample.count': aJob(() => undefined, { timeLimit: 100_000 }) },
    },
  };
  for (const [why, plugins] of Object.entries(wrong)) {
    t.throws(() => part.follow(pluginsWith(plugins)), {
      code: 'KERNEL_ERR_JOB_SETUP',
      message: new RegExp(why),
    });
  }
  await send(a, 'sample.count', 1);
  await drain();

  t.equal(runs, 1);
});

t.test('an admin sees and cancels jobs of every store', async (t) => {
  const { a, b, send, find, admin } = await startJobs(t, { 'sample.count': aJob(() => undefined) });
  const [one, two] = [await send(a, 'sample.count', 1), await send(b, 'sample.count', 2)];

  t.strictSame(new Set((await admin.list()).map(({ id }) => id)), new Set([one, two]));
  t.match(await admin.list({ storeId: b.ref.id, name: 'sample.count', state: 'waiting' }), [{ id: two }]);
  t.equal(await admin.cancel(two), true);
  t.equal(await admin.cancel('nonsense'), false);

  t.match([await find(a, one), await find(b, two)], [{ state: 'waiting' }, { state: 'cancelled' }]);
});
