import type {
  Actor,
  EventAdmin,
  HttpAdmin,
  JobAdmin,
  KernelServices,
  Manifest,
  MountedRoute,
  PlatformSettings,
  PluginAdmin,
  PluginDefinition,
  Result,
  StoreAdmin,
  TierAdmin,
} from 'kontor/sdk';
import type { Context, StoreContext } from './context.ts';

export type {
  EventAdmin,
  JobAdmin,
  MountedRoute,
  PluginChange,
  PluginPlan,
  PluginReport,
  PluginState,
  StoreAdmin,
  TierValue,
} from 'kontor/sdk';

/* The parts of the kernel as they see one another. Each folder gives one or two of these; kernel.ts puts them together. */

/** Where a PostgreSQL is reached. `host` may be the folder of a unix socket. */
export type ConnectionTarget = {
  readonly host: string;
  readonly port?: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
  readonly ssl?: boolean | { readonly rejectUnauthorized: boolean };
};

/** The checked environment; `scripts/config` documents each variable. */
export type Config = {
  readonly mode: 'development' | 'production' | 'test';
  /** Folder for data of this installation: embedded database, media, secret. */
  readonly home: string;
  /** Whether an empty platform is furnished to be tried. */
  readonly hasDemo: boolean;
  readonly role: 'all' | 'web' | 'worker';
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Domain the platform answers on; stores are its subdomains. */
    readonly platformDomain: string;
    /** Scheme and port as the outside sees them, for links: `https://example.lu`, `http://localhost:3000`. */
    readonly platformOrigin: string;
    readonly trustedProxies: readonly string[];
    /** Milliseconds a request may take, and a drain waits. */
    readonly requestTimeout: number;
  };
  readonly database: {
    /** The administrator's login; undefined starts the embedded PostgreSQL. */
    readonly url?: string;
    /** The same past a pooling proxy, for LISTEN, locks and migrations. */
    readonly directUrl?: string;
    readonly statements: 'direct' | 'pooled';
    /** Roles are named `{prefix}_app` and so on; two installations on one server need two prefixes. */
    readonly rolePrefix: string;
    readonly poolSize: number;
    /** Milliseconds. */
    readonly statementTimeout: number;
    readonly lockTimeout: number;
  };
  /** 32 bytes; keys for tokens, passwords of roles and sealing are derived from it. Older ones still open what they sealed. */
  readonly secrets: readonly { readonly id: number; readonly key: Buffer }[];
  readonly log: { readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent'; readonly pretty: boolean };
  readonly plugins: { readonly folders: readonly string[] };
  readonly jobs: { readonly concurrency: number };
};

/** A log line's writer; `child` binds details to all that follow. */
export type KernelLog = KernelServices['log'] & { child(details: Record<string, unknown>): KernelLog };

export type Row = Record<string, unknown>;

/** The kernel's own way to the database. Plugins get `KernelServices['database']` made on top of it. */
export type KernelDatabase = {
  /** In the current store, under the kernel's role. Use for tenant tables of schema `kernel`. */
  query<R extends object = Row>(sql: string, values?: readonly unknown[]): Promise<R[]>;
  /** The same as a named statement. */
  read<R extends object = Row>(name: string, sql: string, values?: readonly unknown[]): Promise<R[]>;
  /** Joins the open transaction of the context, else begins one; retries 40001 and 40P01 three times when outermost. */
  transaction<Value>(work: () => Promise<Value>): Promise<Value>;
  afterCommit(work: () => void | Promise<void>): void;
  /** The platform's role: every store, and tables without one. For the kernel's control plane; plugins go through `asPlatform`. */
  readonly platform: {
    query<R extends object = Row>(sql: string, values?: readonly unknown[]): Promise<R[]>;
    transaction<Value>(work: () => Promise<Value>): Promise<Value>;
  };
  /** The plugin's `database` service. */
  forPlugin(plugin: string): KernelServices['database'];
  /** `asPlatform` and `inStore` for a plugin. */
  platformFor(plugin: string): KernelServices['platform'];
  /** A connection target of the named role, past any pooling proxy (pg-boss, migrations). */
  target(role: 'admin' | 'app' | 'platform' | 'jobs'): ConnectionTarget;
  ping(): Promise<void>;
  close(): Promise<void>;
};

/** A change that every node must know of. `topic` decides who listens, `key` what is dropped. */
export type Change = { readonly topic: string; readonly key: string };

/** LISTEN/NOTIFY between nodes. While it is not connected, caches must not be trusted (`isLive` is false). */
export type Changes = {
  /** In the open transaction if there is one, so that it is heard after the commit; local listeners hear it too. */
  announce(change: Change): Promise<void>;
  /** @returns a function that stops listening. The handler is also called with key `*` after a reconnect: drop everything. */
  on(topic: string, handler: (key: string) => void): () => void;
  readonly isLive: boolean;
  close(): Promise<void>;
};

/** Hosts and ids to stores. Answers at once when warm: callers await only a promise. */
export type Tenancy = {
  /** Host as sent (any case, port, trailing dot, unicode): a store, or undefined. */
  byHost(host: string): StoreContext | undefined | Promise<StoreContext | undefined>;
  byHandle(handle: string): StoreContext | undefined | Promise<StoreContext | undefined>;
  byId(id: number): StoreContext | undefined | Promise<StoreContext | undefined>;
  isPlatformHost(host: string): boolean;
  /** `Stores` for plugins. */
  readonly stores: KernelServices['stores'];
  readonly admin: StoreAdmin;
};

/** Tiers, features, limits: values and their administration. */
export type FeatureAdmin = TierAdmin & {
  readonly features: KernelServices['features'];
  /** Called by the plugin host whenever the set of running plugins changes. Throws on a code declared twice. */
  declare(manifests: readonly Manifest[]): void;
};

/** A plugin that was found and judged; `definition` is there once its code was loaded. */
export type LoadedPlugin = {
  readonly manifest: Manifest;
  readonly folder: string;
  readonly source: 'bundled' | 'package' | 'folder';
  readonly definition: PluginDefinition;
  /** Its own cradle: kernel services and the services it declares. */
  readonly services: import('kontor/sdk').Cradle;
};

/** Plugins that run in this process, in dependency order. Replaced as a whole when the set changes. */
export type PluginSet = readonly LoadedPlugin[];

/** A part that follows the set of running plugins: hooks, routes, jobs, points, features. */
export type PluginFollower = {
  readonly name: string;
  /** Takes over the new set as a whole, or throws a sentence and keeps the old one. */
  follow(plugins: PluginSet): void | Promise<void>;
};

/** Enters plugin code: context, role, timing and fault counting happen in this one place. */
export type EnterPlugin = <Value>(plugin: string, work: () => Value) => Value;

/** Who a request or a key belongs to. */
export type Identities = {
  /** A users' session by its cookie token; undefined when it ended or never was. No query when warm. */
  userSession(token: string): UserIdentity | undefined | Promise<UserIdentity | undefined>;
  /** A customers' session of this store. */
  customerSession(
    store: StoreContext,
    token: string,
  ): CustomerIdentity | undefined | Promise<CustomerIdentity | undefined>;
  apiKey(secret: string): KeyIdentity | undefined | Promise<KeyIdentity | undefined>;
  /** Role permissions of a user in a store; undefined when not a member. No query when warm. */
  permissions(
    store: StoreContext,
    userId: number,
  ): ReadonlySet<string> | undefined | Promise<ReadonlySet<string> | undefined>;
};
export type UserIdentity = { actor: Extract<Actor, { kind: 'user' }>; csrfToken: string; locale: string };
export type CustomerIdentity = {
  actor: Extract<Actor, { kind: 'customer' }>;
  csrfToken: string;
  locale: string;
};
export type KeyIdentity = { actor: Extract<Actor, { kind: 'apiKey' }>; storeId: number };

export type AuthPart = {
  readonly users: KernelServices['users'];
  readonly team: KernelServices['team'];
  readonly customers: KernelServices['customers'];
  readonly identities: Identities;
  /** Permissions that running plugins declare; roles are sets of these. Throws on a code declared twice. */
  declare(manifests: readonly Manifest[]): void;
  /** An administrator at the machine gives a user a new password; all sessions and keys of the user end. */
  setPassword(input: {
    email: string;
    password: string;
    /** Takes the second steps of a sign-in from the user, also where the plugin that asks for one does not run. */
    withoutSecondStep?: boolean;
  }): Promise<Result<undefined, 'notFound' | 'weakPassword'>>;
  /** Brings waiting notices to people; answers how many were delivered. To be called every few seconds. */
  deliverNotices(): Promise<number>;
  /** Takes away ended sessions, tokens and invitations; to be called once an hour. */
  sweep(): Promise<void>;
};

/** Jobs over pg-boss. */
export type JobsPart = PluginFollower & {
  readonly jobs: KernelServices['jobs'];
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Runs whatever waits (events, jobs and what they send) until nothing is due; for tests. */
  drain(): Promise<void>;
  admin: JobAdmin;
};
/** Filters, guards and events. */
export type HooksPart = PluginFollower & {
  readonly hooks: KernelServices['hooks'];
  readonly events: KernelServices['events'];
  /** Delivery of events that are committed. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Delivers what is due; answers how many deliveries were made. */
  deliver(): Promise<number>;
  admin: EventAdmin;
};

export type SettingsPart = PlatformSettings & {
  forPlugin(plugin: string): KernelServices['settings'];
  declare(manifests: readonly Manifest[]): void;
};

export type PluginHost = PluginAdmin & {
  /** Discovers, judges, migrates and starts; a bad plugin is set aside, all others start. */
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly running: PluginSet;
};
export type HttpPart = PluginFollower & {
  listen(): Promise<{ address: string }>;
  /** A request without a socket, for tests. */
  inject(request: import('fastify').InjectOptions): Promise<import('fastify').LightMyRequestResponse>;
  /** Stops accepting, lets running requests end. */
  drain(): Promise<void>;
  /** Drops answers kept for Idempotency-Keys that are older than a day; called every hour. */
  tidy(): Promise<number>;
  readonly routes: readonly MountedRoute[];
  readonly sessionCookies: HttpAdmin['sessionCookies'];
};

export type NamedMigration = { readonly name: string; readonly migration: import('kontor/sdk').Migration };

/** Schemas and roles of plugins, and their steps, under one lock. The owner `kernel` is the kernel itself. */
export type Migrator = {
  /** Makes the schema and the roles of a plugin, if they are not there. */
  prepare(owner: string): Promise<void>;
  /** Names of the steps that were taken, in order. */
  applied(owner: string): Promise<string[]>;
  /** Takes pending steps; a failed one leaves nothing of itself and throws with file, statement and reason. */
  up(owner: string, migrations: readonly NamedMigration[]): Promise<string[]>;
  /** Takes steps back, newest first, down to and without `to`; all of them when left out. */
  down(owner: string, migrations: readonly NamedMigration[], to?: string): Promise<string[]>;
  /** What `up` would run; `heavy` names statements that hold strong locks on tables that exist already. */
  plan(
    owner: string,
    migrations: readonly NamedMigration[],
  ): Promise<{ name: string; statements: string[]; heavy: string[] }[]>;
  /** Drops schema, roles and records of a plugin. */
  purge(owner: string): Promise<void>;
  /** Runs statements as the owner of a schema, in one transaction, with nothing recorded: what a restore needs around its rows. */
  asOwner<Value>(
    owner: string,
    work: (
      query: <R extends object = Row>(sql: string, values?: readonly unknown[]) => Promise<R[]>,
    ) => Promise<Value>,
  ): Promise<Value>;
};

/** What nearly every part stands on. */
export type Floor = Pick<KernelServices, 'clock' | 'random' | 'metrics'> & {
  readonly config: Config;
  readonly log: KernelLog;
  readonly database: KernelDatabase;
  readonly changes: Changes;
  readonly enter: EnterPlugin;
};

/** One step of the start, for `kontor tree`. */
export type BootStep = {
  readonly name: string;
  readonly milliseconds: number;
  readonly steps: readonly BootStep[];
};

/** A started kernel: what the CLI, the tests and main hold in hand. */
export type Kernel = Awaited<ReturnType<typeof import('./kernel.ts').startKernel>>;

/** What is not ready, in words; empty when all is. */
export type Readiness = { add(name: string, check: () => Promise<void>): void; report(): Promise<string[]> };

export type { Context };
