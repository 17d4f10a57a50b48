import { createChanges } from '../../../kernel/database/changes.ts';
import type { StoreContext } from '../../../kernel/context.ts';
import { createJobs } from '../../../kernel/jobs/index.ts';
import { createMetrics } from '../../../kernel/metrics/index.ts';
import { openDatabase, silentLog, testConfig } from '../../../sdk/testing/database.ts';
import { aJob, enter, pluginsWith } from './support.ts';

// A worker process of its own, to be killed while its job runs: it begins the job, says so, and never ends it.
const { target, store } = JSON.parse(process.argv[2]!);
const context: StoreContext = {
  ...store,
  gate: { plugins: new Set(['sample']), features: new Set(), limits: new Map() },
  settings: new Map(),
};
const opened = await openDatabase({ config: testConfig(), target, storeById: () => context });
const part = createJobs({
  ...opened,
  changes: await createChanges({ database: opened.database, target, log: silentLog() }),
  clock: { now: () => new Date() },
  random: { uuid: () => crypto.randomUUID(), token: () => 'token' },
  log: silentLog(),
  metrics: createMetrics(),
  enter,
  tenancy: { byId: () => context },
});
const forEver = aJob((job) => {
  console.log(JSON.stringify({ event: 'begun', id: job.id, attempt: job.attempt }));
  return new Promise(() => undefined);
});
await part.follow(pluginsWith({ sample: { 'sample.count': forEver } }));
await part.start();
