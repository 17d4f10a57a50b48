import t from 'tap';
import { current } from '../../../kernel/context.ts';
import { aJob, startJobs } from './support.ts';

t.test('a schedule runs in every store that has the plugin, by the clocks of the store', async (t) => {
  const ran: string[] = [];
  const nightly = aJob((job) => void ran.push(`${current().store?.ref.handle} ${job.payload.to}`), {
    schedule: { cron: '0 3 * * *', payload: { to: 5 } },
  });
  const { b, drain, setTime, database } = await startJobs(t, { 'sample.count': nightly });
  await database.platform.query(`update kernel.stores set time_zone = 'America/New_York' where id = $1`, [
    b.ref.id,
  ]);

  setTime('2026-11-23T01:59:59Z'); // 02:59:59 in Luxembourg
  await drain();
  t.strictSame(ran, []);
  setTime('2026-11-23T02:00:00Z');
  await drain();
  t.strictSame(ran, ['a 5'], '03:00 in Luxembourg is not 03:00 in New York');
  setTime('2026-11-23T08:00:00Z');
  await drain();
  t.strictSame(ran, ['a 5', 'b 5']);
  await drain();
  t.equal(ran.length, 2, 'once');
});

t.test('follows a change of the clocks', async (t) => {
  const ran: string[] = [];
  const started = await startJobs(t, {
    'sample.count': aJob(() => void ran.push(current().store!.ref.handle), {
      schedule: { cron: '0 3 * * *', payload: { to: 1 } },
    }),
  });
  started.setPlugins(started.b);

  started.setTime('2027-03-27T02:00:00Z'); // the last winter night: 03:00 is 02:00 UTC
  await started.drain();
  started.setTime('2027-03-28T00:59:00Z');
  await started.drain();
  t.strictSame(ran, ['a']);
  started.setTime('2027-03-28T01:00:00Z'); // the clocks go from 02:00 to 03:00
  await started.drain();
  t.strictSame(ran, ['a', 'a']);
});

t.test('a store without the plugin has no run, and no leftover when it gets it later', async (t) => {
  const ran: string[] = [];
  const { b, drain, setTime, setPlugins, admin } = await startJobs(t, {
    'sample.count': aJob(() => void ran.push(current().store!.ref.handle), {
      schedule: { cron: '0 * * * *', payload: { to: 1 } },
    }),
  });
  setPlugins(b);

  setTime('2026-11-22T10:00:00Z');
  await drain();
  setPlugins(b, 'sample');
  await drain();

  t.strictSame(ran, ['a']);
  t.equal((await admin.list()).length, 1);
});

t.test('many nodes make one run of a minute', async (t) => {
  const { drain, setTime, admin, another } = await startJobs(t, {
    'sample.count': aJob(() => undefined, { schedule: { cron: '* * * * *', payload: { to: 1 } } }),
  });
  const second = await another();

  setTime('2026-11-22T10:00:00Z');
  await Promise.all([drain(), second.drain()]);
  await Promise.all([drain(), second.drain()]);

  t.equal((await admin.list()).length, 2, 'one in each store');
});

t.test('a run that still waits is not joined by a second one', async (t) => {
  const { a, setTime, drain, admin, setPlugins } = await startJobs(t, {
    'sample.count': aJob(() => Promise.reject(new Error('later')), {
      schedule: { cron: '* * * * *', payload: { to: 1 } },
      retryDelay: 3_600,
    }),
  });
  setPlugins(a);

  setTime('2026-11-22T10:00:00Z');
  await drain();

  t.match(await admin.list(), [{ state: 'waiting', attempts: 1 }]);
});
