import type { ModelStatic, Model } from 'sequelize';
import type { Administration } from './administration.ts';
import type { Actor, Customers, Team, Users } from './auth.ts';
import type {
  EventName,
  Events,
  FilterName,
  Filters,
  GuardName,
  Guards,
  JobName,
  Jobs,
  PointName,
  Points,
  Services,
  TraceStep,
} from './hooks.ts';
import type { ModelDefinition } from './models.ts';
import type { Result } from './result.ts';
import type { Json } from './schema.ts';

/** A row's number within its store. */
export type Id = number;

/** Everything a handler, a service factory or a job gets: the kernel's services and those of plugins it declares. */
export type Cradle = KernelServices & Services;

/** The whole surface of the kernel, on one page. Each plugin gets its own `database`, `log`, `settings` and so on. */
export type KernelServices = {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly database: Database;
  readonly stores: Stores;
  readonly users: Users;
  readonly team: Team;
  readonly customers: Customers;
  readonly features: Features;
  readonly events: EventsService;
  readonly hooks: Hooks;
  readonly points: PointsService;
  readonly jobs: JobsService;
  readonly settings: SettingsService;
  readonly secrets: Secrets;
  readonly effects: Effects;
  readonly inbox: Inbox;
  readonly i18n: I18n;
  readonly metrics: Metrics;
  readonly platform: Platform;
  /** For bundled plugins whose manifest says `"uses": ["administration"]`; others that reach for it get an error. */
  readonly administration: Administration;
};

/** The time, so that a test can move it. */
export type Clock = { now(): Date };

/** Chance, so that a test can hold it still. */
export type Random = {
  /** 128 random bits as 22 letters of base64url: for whatever a stranger could guess. */
  token(): string;
  uuid(): string;
};

/** Structured log of this plugin; store and request are added by themselves, secrets are taken out. */
export type Log = {
  debug(details: Record<string, unknown>, message: string): void;
  info(details: Record<string, unknown>, message: string): void;
  warn(details: Record<string, unknown>, message: string): void;
  error(details: Record<string, unknown>, message: string): void;
};

/** A paused store answers its visitors with 503, a closed one with 404; its data stay. */
export type StoreState = 'active' | 'paused' | 'closed';

/** A store as plugins know it. */
export type StoreRef = {
  readonly id: Id;
  readonly handle: string;
  readonly name: string;
  readonly state: StoreState;
  readonly merchantId: Id;
  readonly tier: string;
  readonly locale: string;
  readonly locales: readonly string[];
  readonly currency: string;
  readonly timeZone: string;
  /** Canonical host, e.g. `demo.localhost:3000` or `shop.example.lu`. */
  readonly host: string;
};

/** Where the code that asks is, and who asks. */
export type Stores = {
  /** @throws KERNEL_ERR_NO_STORE outside of a store */
  current(): StoreRef;
  /** undefined outside of a store */
  maybeCurrent(): StoreRef | undefined;
  actor(): Actor;
};

/**
 * The database under this plugin's own role, always in the current store; without one there are no rows.
 * Every statement names `store_id`, and is one of select, insert, update, delete, with.
 *
 * Rows come with a `bigint` as number, a `timestamptz` as Date, a `date` as text (`2026-11-23`), a `numeric` as text, and
 * `jsonb` as what it holds.
 */
export type Database = {
  query<Row extends object = Record<string, unknown>>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<Row[]>;
  /** A hot read by a named statement; the name is this plugin's own. */
  read<Row extends object = Record<string, unknown>>(
    name: string,
    sql: string,
    values?: readonly unknown[],
  ): Promise<Row[]>;
  /**
   * Everything inside happens, or nothing. One inside another joins it. Serialization failures and deadlocks are retried
   * three times, so that nothing but the database may be touched inside. Only what is thrown takes it back: a refusal
   * that is returned does not, so refuse before you write (or `features.release` what you had taken).
   */
  transaction<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Runs after the commit of the open transaction, at once when there is none; never after a rollback. */
  afterCommit(work: () => void | Promise<void>): void;
  /** The Sequelize model of a definition of this plugin. */
  model<Attributes extends object>(
    definition: ModelDefinition<Attributes>,
  ): ModelStatic<Model<Attributes, Partial<Attributes>>>;
};

/** Work across stores, under the platform's role. Audited with its reason. */
export type Platform = {
  /**
   * @param reason - why, for the audit; a sentence an admin understands
   * @example await platform.asPlatform('count open invoices for billing', ({ query }) => query('select ...'))
   */
  asPlatform<Value>(reason: string, work: (platform: PlatformDatabase) => Promise<Value>): Promise<Value>;
  /** Runs work in one store, as a job or a webhook must once it knows which. @throws KERNEL_ERR_UNKNOWN_STORE */
  inStore<Value>(storeId: Id, work: () => Promise<Value>): Promise<Value>;
  readonly mode: 'development' | 'production';
  /** Where the platform answers, e.g. `https://kontor.example`. */
  readonly origin: string;
  /** Where a store answers, e.g. `https://shop.example.lu`. */
  storeOrigin(store: Pick<StoreRef, 'host'>): string;
  /** A folder of this plugin's own on the disk of this machine; other nodes do not see it. Made when it is not there. */
  folder(): Promise<string>;
};

/**
 * The database of all stores, for the length of one `asPlatform`. Its transactions are apart from those of a store.
 */
export type PlatformDatabase = {
  query<Row extends object = Record<string, unknown>>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<Row[]>;
  transaction<Value>(work: () => Promise<Value>): Promise<Value>;
};

/** Where a limit stands. `max` null is no limit. */
export type LimitState = { used: number; max: number | null };

/** What the current store has, and how much of it. */
export type Features = {
  /** Whether the current store has a feature. Costs no query. */
  isOn(feature: string): boolean;
  /** @throws KERNEL_ERR_FEATURE_OFF (403), which names the feature and the lowest tier that has it */
  require(feature: string): void;
  /**
   * Takes `count` of a limit in the current transaction, exactly, however many do so at once.
   *
   * @returns `limitReached` with used and max when it does not fit; nothing was taken then
   */
  use(limit: string, count?: number): Promise<Result<LimitState, 'limitReached'>>;
  /** Gives back, e.g. when a product is removed. */
  release(limit: string, count?: number): Promise<void>;
  limit(limit: string): Promise<LimitState>;
  /**
   * Whether rows beyond a limit must be read-only after a downgrade: used is more than max.
   * A refusal says so; nothing is ever deleted.
   */
  checkWritable(limit: string): Promise<Result<undefined, 'overLimit'>>;
};

/** Tells of what happened. */
export type EventsService = {
  /**
   * Writes an event with the change, in the open transaction; it is delivered after the commit, at least once, in
   * order per entity.
   *
   * @param entity - what it is about, e.g. `note:12`
   * @throws KERNEL_ERR_PAYLOAD when the payload does not fit the declared schema
   */
  emit<N extends EventName>(name: N, payload: Events[N], about: { entity: string }): Promise<void>;
};

/** Asks the plugins that handle a filter or a guard. */
export type Hooks = {
  /**
   * Lets a value pass through every handler that is on for this store. A faulty handler is set aside: the value before it
   * stands, and what it wrote in the open transaction is taken back. So await this before the next statement.
   *
   * @param value - frozen to its depth from here on, as is what comes back
   * @throws KERNEL_ERR_PAYLOAD when the value does not fit the declared schema, KERNEL_ERR_UNKNOWN_HOOK
   */
  filter<N extends FilterName>(name: N, value: Filters[N]): Promise<Filters[N]>;
  /**
   * Asks every guard that is on for this store; the first refusal counts.
   *
   * @param subject - frozen to its depth from here on
   * @returns the refusal as the handler named it, or `guardBroken` when one failed that is declared `closed`
   * @throws KERNEL_ERR_PAYLOAD when the subject does not fit the declared schema, KERNEL_ERR_UNKNOWN_HOOK
   */
  guard<N extends GuardName>(name: N, subject: Guards[N]): Promise<Result<undefined>>;
  /** Collects the steps of every filter and guard run inside. */
  trace<Value>(work: () => Promise<Value>): Promise<{ value: Value; steps: TraceStep[] }>;
};

/** What plugins have added to a point. */
export type PointsService = {
  /** Contributions of plugins that are on for the current store (platform: all enabled), in stable order. */
  of<N extends PointName>(name: N): readonly Points[N][];
  /** With the plugin that made each. */
  entries<N extends PointName>(name: N): readonly { plugin: string; value: Points[N] }[];
};

/** `failed` is a job that was tried as often as it may; it stays until somebody retries it. */
export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
/** A job as people follow it. */
export type JobInfo = {
  id: string;
  name: string;
  state: JobState;
  /** 0 to 100. */
  progress: number;
  message: string;
  error: string | null;
  createdAt: Date;
  finishedAt: Date | null;
};

/** Work for later, in the current store. */
export type JobsService = {
  /**
   * Sends a job in the open transaction; it runs after the commit, in this store.
   *
   * @param runAt - not before; at once when left out
   * @param key - while a job of this name and key waits, a second one is not added and the first one's id is given
   */
  send<N extends JobName>(
    name: N,
    payload: Jobs[N],
    options?: { runAt?: Date; key?: string },
  ): Promise<string>;
  find(id: string): Promise<JobInfo | undefined>;
  list(options?: { name?: string; state?: JobState; limit?: number }): Promise<JobInfo[]>;
  /** A waiting job is taken out; a running one finds `signal` aborted. */
  cancel(id: string): Promise<Result<undefined, 'notFound' | 'finished'>>;
  retry(id: string): Promise<Result<undefined, 'notFound' | 'notFailed'>>;
};

/** The running job, as its handler gets it. */
export type RunningJob<Payload> = {
  readonly id: string;
  readonly name: string;
  readonly payload: Payload;
  readonly attempt: number;
  /** Aborted when the job is cancelled, its time is up, or the process stops. */
  readonly signal: AbortSignal;
  /** @param percent - 0 to 100; @throws KERNEL_ERR_JOB_CANCELLED when it was cancelled */
  progress(percent: number, message?: string): Promise<void>;
};

/** Values of the schema under `settings` in `plugin.json`. */
export type SettingsService = {
  /** This plugin's settings in the current store: schema defaults, then the platform's, then the store's. No query when warm. */
  get<Values extends object = Record<string, Json>>(): Promise<Values>;
  /** Changes the store's values; null takes an override back. */
  set(change: Record<string, Json>): Promise<Result<undefined, 'invalid'>>;
};

/**
 * Keeps credentials so that the database alone does not give them away. What is sealed opens in the same store and
 * plugin only.
 */
export type Secrets = {
  /** AES-256-GCM bound to store and plugin; the key's id is kept in the text, so that keys can be turned over. */
  seal(plain: string): string;
  /** @throws KERNEL_ERR_SECRET when it was sealed elsewhere or changed */
  open(sealed: string): string;
};

/**
 * Effects outside the database that must happen once: a mail, a refund, a call to a marketplace.
 * What a crash leaves `started` is asked for, not repeated blindly.
 */
export type Effects = {
  /**
   * @param key - natural key, e.g. `order:12:confirmation`
   * @param perform - does it and answers the provider's reference; gets the idempotency key to send along
   * @param find - asks the provider whether it happened; left out where nobody can be asked (SMTP)
   * @returns the reference; `unknown` when it started earlier, cannot be asked, and a person must decide
   */
  once(
    effect: { kind: string; key: string },
    how: {
      perform(idempotencyKey: string): Promise<string>;
      find?(idempotencyKey: string): Promise<string | undefined>;
    },
  ): Promise<Result<{ reference: string; fresh: boolean }, 'unknown' | 'running'>>;
  /** A person decided about an unknown one: try it again, or take it as done. */
  settle(
    effect: { kind: string; key: string },
    decision: 'again' | 'done',
  ): Promise<Result<undefined, 'notFound'>>;
};

/** Takes in what outside systems send more than once. */
export type Inbox = {
  /**
   * Runs work once for a provider's event id, in one transaction with the note that it came.
   *
   * @returns false when it had come before
   */
  once(provider: string, eventId: string, work: () => Promise<void>): Promise<boolean>;
};

/** Texts of this plugin's `locales/{locale}.json`. */
export type I18n = {
  /**
   * A text in the given or current language, as ICU message; falls back to the store's language, then English, then the key.
   *
   * @param key - of this plugin's locales, e.g. `notes.empty`
   */
  text(key: string, values?: Record<string, string | number | Date>, locale?: string): string;
  readonly locales: readonly string[];
};

/** Figures for whoever watches the platform. The same name gives the same instrument. */
export type Metrics = {
  counter(name: string, help: string): { add(count?: number, labels?: Record<string, string>): void };
  gauge(name: string, help: string): { set(value: number, labels?: Record<string, string>): void };
  histogram(
    name: string,
    help: string,
    buckets: readonly number[],
  ): { observe(value: number, labels?: Record<string, string>): void };
};
