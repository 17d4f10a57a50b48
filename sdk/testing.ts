import { mkdtemp, readFile, rm, symlink, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Cradle, Manifest, PluginReport, StoreRef } from 'kontor/sdk';
import { type StoreContext, within } from '../kernel/context.ts';
import { startKernel } from '../kernel/kernel.ts';
import type { Config, Kernel, KernelLog } from '../kernel/parts.ts';
import { createClients, type Clients } from './testing/clients.ts';
import { freshDatabase, silentLog, testConfig } from './testing/database.ts';

export type { Answer, Client, Clients } from './testing/clients.ts';

/** What a test wants to be there. */
export type TestKernelOptions = {
  /** Ids of bundled plugins, or folders of others; what they depend on comes along. None when left out. */
  plugins?: readonly (string | URL)[];
  config?: Partial<Config>;
  log?: KernelLog;
  /** `control` loads plugins without delivering events or running jobs by itself; `ready` (default) does all. */
  until?: 'control' | 'ready';
  /** Milliseconds that a plugin may take to load, to start, to stop; ten seconds when left out. */
  hookLimit?: number;
  /** What a store is to have instead of the usual: Europe/Luxembourg, EUR, en with fr, de and lb. */
  stores?: { readonly a?: TestStore; readonly b?: TestStore };
  /** Goes on without a plugin that is set aside; otherwise that ends the start with the reason. */
  allowSetAside?: boolean;
};

/** @example startTestKernel(t, { plugins, stores: { b: { timeZone: 'Asia/Tokyo' } } }) */
export type TestStore = Partial<Pick<StoreRef, 'locale' | 'locales' | 'currency' | 'timeZone'>>;

/** A clock that a test moves; it stands on the real time otherwise, so that the database's own times agree. */
export type TestClock = {
  now(): Date;
  move(milliseconds: number): void;
  /** Moves on to a time, e.g. `2031-03-03T08:00:00Z`. @throws RangeError when that is no time to come */
  moveTo(time: string): void;
};

/** A kernel that runs for one test, and the people who call it. */
export type TestKernel = Clients & {
  readonly kernel: Kernel;
  readonly stores: { readonly a: StoreRef; readonly b: StoreRef };
  readonly clock: TestClock;
  readonly jobs: { drain(): Promise<void> };
  /** Lines of the log so far. */
  readonly lines: readonly { level: string; details: Record<string, unknown>; message: string }[];
  /** Runs work as a plugin in a store, with that plugin's services. */
  inStore<Value>(
    store: 'a' | 'b',
    plugin: string,
    work: (services: Cradle) => Promise<Value>,
  ): Promise<Value>;
  /** A second process's worth of kernel on the same database. */
  secondNode(): Promise<Kernel>;
  stop(): Promise<void>;
};

const BUNDLED = fileURLToPath(new URL('../plugins', import.meta.url));

/**
 * Starts the real kernel on a real PostgreSQL database of its own, with two stores `a` and `b` of one merchant. Everything
 * is stopped and removed when the test ends. When the test has failed, the warnings and errors that were logged are
 * written to stderr: an answer of status 500 says nothing of its reason.
 *
 * @param t - the tap test, or whatever calls `teardown`'s work at its end
 * @throws Error when a plugin was set aside, with the reason
 * @example
 * const { owner, stores } = await startTestKernel(t, { plugins: ['notes'] });
 * const me = await owner('a');
 * t.equal((await me.post(`/api/stores/${stores.a.handle}/notes`, { text: 'hello' })).status, 201);
 */
export async function startTestKernel(
  t: { teardown(work: () => Promise<void>): void; passing?(): boolean },
  options: TestKernelOptions = {},
): Promise<TestKernel> {
  const { target, drop } = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'kontor-test-'));
  const bundled = join(folder, 'plugins');
  await linkPlugins(bundled, options.plugins ?? []);
  const lines: { level: string; details: Record<string, unknown>; message: string }[] = [];
  const log = options.log ?? silentLog(lines);
  const clock = testClock();
  const config = testConfig({ home: join(folder, 'home'), ...options.config });
  const start = () =>
    startKernel({
      config,
      target,
      clock,
      log,
      until: options.until ?? 'ready',
      places: { bundled, modules: [] },
      ...(options.hookLimit ? { hookLimit: options.hookLimit } : {}),
    });
  const kernel = await start();
  const nodes = [kernel];

  async function stop(): Promise<void> {
    for (const node of nodes.splice(0)) await node.stop();
    await drop();
    await rm(folder, { recursive: true, force: true });
  }
  t.teardown(async () => {
    if (t.passing?.() === false) tellWhatWasLogged(lines);
    await stop();
  });

  if (!options.allowSetAside) expectAllToRun(await kernel.plugins.list());
  const stores = await makeStores(kernel, options.stores ?? {});
  return {
    kernel,
    stores,
    clock,
    lines,
    jobs: { drain: () => kernel.jobs.drain() },
    ...createClients({ kernel, stores }),
    async inStore(handle, plugin, work) {
      const loaded = kernel.plugins.running.find(({ manifest }) => manifest.id === plugin);
      if (!loaded)
        throw new Error(
          `Expected plugin ${plugin} to run; running: ${kernel.plugins.running.map(({ manifest }) => manifest.id).join(', ')}`,
        );
      const store = (await kernel.tenancy.byId(stores[handle].id)) as StoreContext;
      return within({ store, plugin, actor: { kind: 'system', reason: 'a test' } }, () =>
        work(loaded.services),
      );
    },
    async secondNode() {
      const node = await start();
      nodes.unshift(node);
      return node;
    },
    stop,
  };
}

function testClock(): TestClock {
  let moved = 0;
  const now = () => new Date(Date.now() + moved);
  return {
    now,
    move: (milliseconds) => {
      moved += milliseconds;
    },
    moveTo(time) {
      const way = Date.parse(time) - now().getTime();
      if (!(way >= 0)) throw new RangeError(`Expected a time after ${now().toISOString()}, got '${time}'`);
      moved += way;
    },
  };
}

function expectAllToRun(plugins: readonly PluginReport[]): void {
  const reasons = plugins.flatMap(({ id, quarantine }) =>
    quarantine ? [`${id} was set aside: ${quarantine}`] : [],
  );
  if (reasons.length > 0) throw new Error(reasons.join('\n'));
}

function tellWhatWasLogged(lines: TestKernel['lines']): void {
  for (const { level, message, details } of lines) {
    if (level !== 'warn' && level !== 'error') continue;
    const { err, ...others } = details;
    const why = err instanceof Error ? `\n  ${err.stack}` : '';
    process.stderr.write(`${level}: ${message} ${JSON.stringify(others)}${why}\n`);
  }
}

async function makeStores(
  { features, tenancy }: Kernel,
  wanted: NonNullable<TestKernelOptions['stores']>,
): Promise<TestKernel['stores']> {
  for (const [position, code] of ['essential', 'professional', 'business', 'enterprise'].entries()) {
    await features.saveTier({ code, title: code, position: position + 1 });
  }
  const merchant = await tenancy.admin.createMerchant({ name: 'A merchant', tier: 'enterprise' });
  if (!merchant.ok) throw new Error(`No merchant: ${merchant.refusal}`);
  const made = await Promise.all(
    (['a', 'b'] as const).map(async (handle) => {
      const store = await tenancy.admin.createStore({
        merchantId: merchant.value.id,
        handle: `store-${handle}`,
        name: `Store ${handle}`,
        locales: ['en', 'fr', 'de', 'lb'],
        ...wanted[handle],
      });
      if (!store.ok) throw new Error(`No store ${handle}: ${store.refusal} ${JSON.stringify(store.details)}`);
      return store.value;
    }),
  );
  return { a: made[0]!, b: made[1]! };
}

/** Shows the kernel a folder of bundled plugins that holds just these and what they depend on. */
async function linkPlugins(folder: string, plugins: readonly (string | URL)[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const linked = new Set<string>();
  const queue = plugins.map((plugin) =>
    plugin instanceof URL
      ? fileURLToPath(plugin)
      : /^[a-z0-9-]+$/.test(plugin)
        ? join(BUNDLED, plugin)
        : resolve(plugin),
  );
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    path = resolve(path);
    if (linked.has(path)) continue;
    linked.add(path);
    await symlink(path, join(folder, basename(path)));
    const manifest = JSON.parse(await readFile(join(path, 'plugin.json'), 'utf8')) as Manifest;
    for (const id of Object.keys(manifest.dependsOn ?? {})) {
      if (![...linked].some((known) => basename(known) === id)) queue.push(join(BUNDLED, id));
    }
  }
}
