import t from 'tap';
import { createMetrics } from '../../../kernel/metrics/index.ts';
import { createReadiness } from '../../../kernel/metrics/readiness.ts';

t.test('writes what Prometheus reads', async (t) => {
  const metrics = createMetrics();
  const jobs = metrics.counter('jobs_done_total', 'Jobs done,\nby \\ plugin');
  jobs.add();
  jobs.add(2, { plugin: 'notes', name: 'a "quoted" \\ \n name' });
  jobs.add(1, { name: 'a "quoted" \\ \n name', plugin: 'notes' });
  metrics.gauge('pool_waiting', 'Waiting').set(3);
  const time = metrics.histogram('request_seconds', 'Time', [0.5, 0.1]);
  for (const seconds of [0.05, 0.1, 0.3, 7]) time.observe(seconds, { route: '/' });

  t.equal(
    metrics.text(),
    `# HELP jobs_done_total Jobs done,\\nby \\\\ plugin
# TYPE jobs_done_total counter
jobs_done_total 1
jobs_done_total{plugin="notes",name="a \\"quoted\\" \\\\ \\n name"} 3
# HELP pool_waiting Waiting
# TYPE pool_waiting gauge
pool_waiting 3
# HELP request_seconds Time
# TYPE request_seconds histogram
request_seconds_bucket{route="/",le="0.1"} 2
request_seconds_bucket{route="/",le="0.5"} 3
request_seconds_bucket{route="/",le="+Inf"} 4
request_seconds_sum{route="/"} 7.45
request_seconds_count{route="/"} 4
`,
  );
});

t.test('the same name goes on counting, and is of one kind', async (t) => {
  const metrics = createMetrics();
  metrics.counter('seen_total', 'Seen').add();
  metrics.counter('seen_total', 'Seen').add();
  t.match(metrics.text(), /^seen_total 2$/m);
  t.throws(() => metrics.gauge('seen_total', 'Seen'), /Expected 'seen_total' to be a counter/);
  t.throws(() => metrics.counter('not-good', 'X'), /Expected the name of a metric/);
  t.throws(() => metrics.counter('seen_total', 'Seen').add(-1), /go up/);
  t.throws(() => metrics.counter('seen_total', 'Seen').add(1, { 'not-good': 'x' }), /name of a label/);
});

t.test('labels that strangers choose cannot fill the memory', async (t) => {
  const metrics = createMetrics();
  const hits = metrics.counter('hits_total', 'Hits');
  for (let number = 0; number < 5000; number += 1) hits.add(1, { path: `/${number}` });
  t.match(metrics.text(), /^hits_total\{path="other"\} 4000$/m);
  t.equal(metrics.text().split('\n').length, 1000 + 1 + 2 + 1);
});

t.test('readiness says in words what is missing, and waits for nobody', async (t) => {
  const readiness = createReadiness({ limit: 20 });
  t.same(await readiness.report(), []);
  readiness.add('database', async () => undefined);
  readiness.add('jobs', async () => {
    throw new Error('the queue is not there yet');
  });
  readiness.add('mail', () => new Promise(() => undefined));
  t.same(await readiness.report(), [
    'jobs is not ready: the queue is not there yet',
    'mail is not ready: no answer within 0.02 s',
  ]);
});
