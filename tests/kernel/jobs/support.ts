import type { Test } from 'tap';
import {
  Type,
  type Cradle,
  type JobDefinition,
  type JobInfo,
  type JobsService,
  type Manifest,
} from 'kontor/sdk';
import { enterAs, within, type StoreContext } from '../../../kernel/context.ts';
import { createChanges } from '../../../kernel/database/changes.ts';
import { createJobs } from '../../../kernel/jobs/index.ts';
import { createMetrics } from '../../../kernel/metrics/index.ts';
import type { Changes, EnterPlugin, JobsPart, KernelDatabase, PluginSet } from '../../../kernel/parts.ts';
import { silentLog, startTestDatabase } from '../../support/database.ts';

declare module 'kontor/sdk' {
  interface Jobs {
    'sample.count': { to: number };
    'sample.other': { to: number };
    'far.count': { to: number };
  }
}

type Work = JobDefinition<{ to: number }>['handler'];
export type Started = Awaited<ReturnType<typeof startJobs>>;

export const enter: EnterPlugin = (plugin, work) => within({ plugin }, work);

/** A job that takes a number. */
export function aJob(
  handler: Work,
  more: Partial<JobDefinition<{ to: number }>> = {},
): JobDefinition<{ to: number }> {
  return { payload: Type.Object({ to: Type.Number() }), handler, ...more };
}

/** Plugins with these jobs, as the plugin host would give them. */
export function pluginsWith(jobs: Record<string, Record<string, JobDefinition<{ to: number }>>>): PluginSet {
  return Object.entries(jobs).map(([id, theirs]) => ({
    manifest: { id, version: '1.0.0', title: id } as Manifest,
    folder: '',
    source: 'folder',
    definition: { jobs: theirs as never },
    services: { plugin: id } as unknown as Cradle,
  }));
}

/** Jobs on a database of their own, with stores a and b that have the plugin `sample`, and a clock to move. */
export async function startJobs(
  t: Test,
  jobs: Record<string, JobDefinition<{ to: number }>> = {},
  {
    concurrency = 4,
    role = 'all' as 'all' | 'web',
    database = (real: KernelDatabase): KernelDatabase => real,
  } = {},
) {
  const opened = await startTestDatabase(t);
  const time = { now: new Date('2026-11-22T09:00:30Z') };
  const lines: { level: string; details: Record<string, unknown>; message: string }[] = [];
  const metrics = createMetrics();
  const plugins = pluginsWith({ sample: jobs });
  const makePart = (changes: Changes) => {
    const made = createJobs({
      ...opened,
      database: database(opened.database),
      changes,
      clock: { now: () => time.now },
      random: { uuid: () => crypto.randomUUID(), token: () => 'token' },
      log: silentLog(lines),
      metrics,
      enter,
      tenancy: { byId: (id) => opened.contexts.get(id) },
      config: { role, jobs: { concurrency } },
    });
    t.teardown(() => made.stop());
    return made;
  };
  const part = makePart(opened.changes);
  const { a, b } = opened.stores;
  const setPlugins = (store: StoreContext, ...plugins: string[]) =>
    void opened.contexts.set(store.ref.id, { ...store, gate: { ...store.gate, plugins: new Set(plugins) } });
  setPlugins(a, 'sample');
  setPlugins(b, 'sample');
  await part.follow(plugins);

  const inStore = <Value>(store: StoreContext, work: () => Promise<Value>) =>
    enterAs({ actor: { kind: 'system', reason: 'test' }, store }, work);
  return {
    ...opened,
    ...part,
    part,
    a,
    b,
    lines,
    metrics,
    setPlugins,
    inStore,
    /** A second node over the same database, with a listening connection of its own. */
    async another(): Promise<JobsPart> {
      const changes = await createChanges({
        database: opened.database,
        target: opened.target,
        log: silentLog(),
      });
      t.teardown(() => changes.close());
      const second = makePart(changes);
      await second.follow(plugins);
      return second;
    },
    move: (milliseconds: number) => {
      time.now = new Date(time.now.getTime() + milliseconds);
    },
    setTime: (iso: string) => {
      time.now = new Date(iso);
    },
    send: (
      store: StoreContext,
      name: Parameters<JobsService['send']>[0],
      to: number,
      options?: { runAt?: Date; key?: string },
    ) => inStore(store, () => part.jobs.send(name, { to }, options)),
    find: (store: StoreContext, id: string): Promise<JobInfo | undefined> =>
      inStore(store, () => part.jobs.find(id)),
  };
}

/** A promise and its ends, for handlers that wait for the test. */
export function gate(): { opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: () => resolve() };
}

/** Resolves when the answer is yes; asks again whenever other work had its turn. For what a running worker does by itself. */
export async function until(question: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await question())) await new Promise((resolve) => setImmediate(resolve));
}
