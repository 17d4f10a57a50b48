import { fileURLToPath } from 'node:url';
import type { KernelServices } from 'kontor/sdk';
import { createAuth } from './auth/index.ts';
import { createBootTree } from './boot-tree.ts';
import { createClock, createRandom } from './clock.ts';
import { current } from './context.ts';
import { bootstrap } from './database/bootstrap.ts';
import { createChanges } from './database/changes.ts';
import { createDatabase } from './database/index.ts';
import { createRoles } from './database/roles.ts';
import { savepoints } from './database/statements.ts';
import { createStoreSigner } from './database/token.ts';
import { createEffects } from './effects/index.ts';
import { createFeatures } from './features/index.ts';
import { createHooks } from './hooks/index.ts';
import { createHttp } from './http/index.ts';
import { createI18n } from './i18n/index.ts';
import { createInbox } from './inbox/index.ts';
import { createJobs } from './jobs/index.ts';
import { createLog } from './log/index.ts';
import { createMetrics } from './metrics/index.ts';
import { createReadiness } from './metrics/readiness.ts';
import { createMigrator } from './migrations/index.ts';
import { loadMigrations } from './migrations/load.ts';
import type { Config, ConnectionTarget, KernelLog, PluginFollower, Tenancy } from './parts.ts';
import { createEnter, createPluginHost, createPoints, type PluginHostDeps } from './plugins/index.ts';
import { createPurger } from './purge.ts';
import { createRounds } from './rounds.ts';
import { createSecrets } from './secrets/index.ts';
import { createSettings } from './settings/index.ts';
import { createTenancy } from './tenancy/index.ts';

export type StartOptions = {
  config: Config;
  /** The administrator's login. */
  target: ConnectionTarget;
  /** The same past a pooling proxy; `target` when left out. */
  directTarget?: ConnectionTarget;
  /** How far: migrated only; with plugins, but neither listening nor working; all of it (default). */
  until?: 'database' | 'control' | 'ready';
  clock?: KernelServices['clock'];
  random?: KernelServices['random'];
  log?: KernelLog;
  places?: PluginHostDeps['places'];
  /** Milliseconds that a plugin may take to load, to start, to stop; ten seconds when left out. */
  hookLimit?: number;
};

const HOUR = 3_600_000; // ms
const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url));

/** Puts the parts together, in the order in which they stand on one another, and starts them. */
export async function startKernel(options: StartOptions) {
  const { config, until = 'ready' } = options;
  const boot = createBootTree('kontor');
  const clock = options.clock ?? createClock();
  const random = options.random ?? createRandom();
  const log = options.log ?? createLog({ config, context: current });
  const metrics = createMetrics();
  const readiness = createReadiness();
  const closers: (() => Promise<void>)[] = [];
  let address: string | undefined; // where this process listens, when it does

  try {
    const direct = options.directTarget ?? options.target;
    const roles = createRoles(config);
    const signer = createStoreSigner(config.secrets);
    const ground = await boot.step('ground', () => bootstrap({ config, log, roles, signer, target: direct }));
    const login = (role: string, target: ConnectionTarget) => ({
      ...target,
      user: role,
      password: roles.password(role),
    });
    const database = createDatabase({
      config,
      log,
      roles,
      hasPluginRoles: ground.hasPluginRoles,
      targets: {
        admin: direct,
        app: login(roles.app, options.target),
        platform: login(roles.platform, options.target),
        jobs: login(roles.jobs, direct),
      },
      storeById: (id) => tenancy.byId(id),
    });
    closers.push(() => database.close());
    readiness.add('database', () => database.ping());
    const migrator = createMigrator({ config, database, log, roles, hasPluginRoles: ground.hasPluginRoles });
    await boot.step('migrations', async () => migrator.up('kernel', await loadMigrations(MIGRATIONS)));
    const changes = await boot.step('changes', () => createChanges({ database, target: direct, log }));
    closers.push(() => changes.close());

    const enter = createEnter({ metrics, log });
    /** What nearly every part stands on. */
    const floor = { config, database, changes, clock, random, log, metrics, enter };
    const features = createFeatures(floor);
    const { compute, onDeclare } = features;
    const tenancy: Tenancy = createTenancy({ ...floor, sign: signer.sign, compute, onDeclare });
    const secrets = createSecrets(floor);
    const settings = createSettings({ ...floor, secrets });
    const i18n = createI18n(floor);
    const { points, follower: pointFollower } = createPoints(floor);
    const auth = createAuth({ ...floor, points, features: features.features, secrets, tenancy });
    const hooks = createHooks({ ...floor, savepoints, tenancy });
    const jobs = createJobs({ ...floor, tenancy, deliverEvents });
    const effects = createEffects(floor);
    const inbox = createInbox(floor);
    const http = createHttp({ ...floor, tenancy, identities: auth.identities, features, readiness, points });
    const declared: PluginFollower = {
      name: 'declarations',
      follow(plugins) {
        const manifests = plugins.map(({ manifest }) => manifest);
        features.declare(manifests);
        settings.declare(manifests);
        auth.declare(manifests);
      },
    };
    const plugins = createPluginHost({
      ...floor,
      migrator,
      kernelServicesFor,
      followers: [declared, i18n, pointFollower, hooks, jobs, http],
      purgers: [createPurger(database)],
      ...(options.places ? { places: options.places } : {}),
      ...(options.hookLimit ? { hookLimit: options.hookLimit } : {}),
    });

    /** The kernel as one plugin sees it. */
    function kernelServicesFor(plugin: string): KernelServices {
      return {
        clock,
        random,
        log: log.child({ plugin }),
        database: database.forPlugin(plugin),
        stores: tenancy.stores,
        users: auth.users,
        team: auth.team,
        customers: auth.customers,
        features: features.features,
        events: hooks.events,
        hooks: hooks.hooks,
        points,
        jobs: jobs.jobs,
        settings: settings.forPlugin(plugin),
        secrets: secrets.forPlugin(plugin),
        effects: effects.forPlugin(plugin),
        inbox: inbox.forPlugin(plugin),
        i18n: i18n.forPlugin(plugin),
        metrics,
        platform: database.platformFor(plugin),
        administration: {
          stores: tenancy.admin,
          features,
          plugins,
          jobs: jobs.admin,
          events: hooks.admin,
          settings,
          http: { routes: () => http.routes, sessionCookies: http.sessionCookies },
          readiness,
        },
      };
    }

    const rounds = createRounds({
      log,
      rounds: [
        { name: 'notices', every: 2_000, work: () => auth.deliverNotices() },
        { name: 'events', every: HOUR, work: () => hooks.admin.tidy() },
        { name: 'people', every: HOUR, work: () => auth.sweep() },
        { name: 'idempotency', every: HOUR, work: () => http.tidy() },
      ],
    });

    async function deliverEvents(): Promise<number> {
      return (await hooks.deliver()) + (await auth.deliverNotices());
    }

    if (until !== 'database') {
      closers.push(() => plugins.stop()); // also those that had started when the start failed
      await boot.step('plugins', () => plugins.start());
    }
    // Both also work when they were only drained, so they are stopped whether or not they were started.
    closers.push(
      () => hooks.stop(),
      () => jobs.stop(),
    );
    if (until === 'ready') {
      if (config.role !== 'web') {
        await boot.step('events', () => hooks.start());
        await boot.step('jobs', () => jobs.start());
        rounds.start();
        closers.push(() => rounds.stop());
      }
      ({ address } = await boot.step('http', () => http.listen()));
      closers.push(() => http.drain());
    }
    return {
      ...floor,
      ...{ migrator, tenancy, features, settings, auth, hooks, jobs, plugins, http, readiness, address },
      boot: boot.tree(),
      /** Drains, stops and closes everything. */
      stop: () => closeAll(closers, log),
    };
  } catch (error) {
    await closeAll(closers, log);
    throw error;
  }
}

/** Closes in the reverse order; one that fails does not keep the others open. */
async function closeAll(closers: (() => Promise<void>)[], log: KernelLog): Promise<void> {
  for (const close of closers.splice(0).reverse()) {
    await close().catch((error: unknown) => log.error({ err: error }, 'a part could not be closed'));
  }
}
