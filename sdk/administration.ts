import type { Route } from './http.ts';
import type { Result } from './result.ts';
import type { Json } from './schema.ts';
import type { Id, StoreRef, StoreState } from './services.ts';

/**
 * The platform's controls, for pages and commands of its admins. Only a bundled plugin whose manifest says
 * `"uses": ["administration"]` gets them. They ask for no permission; the routes of such a plugin do.
 */
export type Administration = {
  readonly stores: StoreAdmin;
  readonly features: TierAdmin;
  readonly plugins: PluginAdmin;
  readonly jobs: JobAdmin;
  readonly events: EventAdmin;
  readonly settings: PlatformSettings;
  readonly http: HttpAdmin;
  readonly readiness: {
    /** What is not ready, in words; empty when all is. */
    report(): Promise<string[]>;
  };
};

/** Settings of plugins as the platform has them: over the schema's defaults, under the stores' own. */
export type PlatformSettings = {
  /** Defaults and platform values; a secret that is set is null. @throws KERNEL_ERR_NO_SETTINGS */
  platformGet(plugin: string): Promise<Record<string, Json>>;
  /** null takes a value back. @throws KERNEL_ERR_NO_SETTINGS */
  platformSet(plugin: string, change: Record<string, Json>): Promise<Result<undefined, 'invalid'>>;
};

/** A domain that a store answers on. */
export type StoreDomain = {
  readonly domain: string;
  /** Links name this one. */
  readonly isPrimary: boolean;
};

/** Merchants, stores and their domains. */
export type StoreAdmin = {
  /** By id; 100 at most, go on `after` the last one's id. */
  merchants(options?: { after?: number; limit?: number }): Promise<{ id: Id; name: string; tier: string }[]>;
  createMerchant(input: { name: string; tier: string }): Promise<Result<{ id: number }, 'unknownTier'>>;
  /** @returns `invalid` with the field and what was wanted */
  createStore(input: {
    merchantId: number;
    handle: string;
    name: string;
    /** `en` when left out. */
    locale?: string;
    locales?: readonly string[];
    /** `EUR` when left out. */
    currency?: string;
    /** `Europe/Luxembourg` when left out. */
    timeZone?: string;
  }): Promise<Result<StoreRef, 'invalid' | 'handleTaken' | 'unknownMerchant'>>;
  /** By id; 100 at most, go on `after` the last one's id. */
  list(options?: { after?: number; limit?: number }): Promise<StoreRef[]>;
  setState(storeId: number, state: StoreState): Promise<Result<undefined, 'unknownStore'>>;
  /** The primary one first. */
  domains(storeId: number): Promise<StoreDomain[]>;
  /**
   * Lets a store answer on a domain, at once. Whoever calls has made sure that the domain is the store's own; the first
   * one becomes the primary one.
   *
   * @returns `reserved` for names of the platform itself, which stores get by handle
   */
  attachDomain(
    storeId: number,
    domain: string,
  ): Promise<Result<StoreDomain, 'badDomain' | 'reserved' | 'taken' | 'unknownStore'>>;
  detachDomain(storeId: number, domain: string): Promise<Result<undefined, 'notAttached'>>;
  setPrimaryDomain(storeId: number, domain: string): Promise<Result<undefined, 'notAttached'>>;
};

/** Tiers, and what features and limits each of them has. */
export type TierAdmin = {
  tiers(): Promise<{ code: string; title: string; position: number }[]>;
  /** Values that were set; what is not named is as the plugin's manifest says. */
  tierValues(): Promise<{ tier: string; code: string; value: TierValue }[]>;
  saveTier(input: {
    code: string;
    title: string;
    position: number;
  }): Promise<Result<undefined, 'badCode' | 'positionTaken'>>;
  /** value: true/false for a feature; number or null (no limit) for a limit. A refusal names the nearest known code. */
  setTierValue(
    tier: string,
    code: string,
    value: TierValue,
  ): Promise<Result<undefined, 'unknownCode' | 'unknownTier' | 'badValue'>>;
  /** undefined takes the override back. */
  setOverride(
    merchantId: number,
    code: string,
    value: TierValue | undefined,
  ): Promise<Result<undefined, 'unknownCode' | 'unknownMerchant' | 'badValue'>>;
  setMerchantTier(
    merchantId: number,
    tier: string,
  ): Promise<Result<undefined, 'unknownTier' | 'unknownMerchant'>>;
};

/** What a tier or a merchant has of a code: on or off for a feature; the most for a limit, null without end. */
export type TierValue = boolean | number | null;

/** Plugins of this installation. A change is planned first; the plan is what is applied. */
export type PluginAdmin = {
  list(): Promise<PluginReport[]>;
  plan(change: PluginChange): Promise<PluginPlan>;
  /** Applies a plan that was made before; refused when the world has changed since (its hash differs). */
  apply(plan: PluginPlan): Promise<void>;
  archive(id: string): Promise<{ file: string }>;
  purge(id: string): Promise<void>;
  /** @param file - a path, or the bare name of a file that `archive` made */
  restore(file: string): Promise<void>;
};

/** Where a plugin is in its life on the platform. `installed` was found and never enabled, or was purged. */
export type PluginState = 'installed' | 'enabled' | 'disabled' | 'archived';
/** A plugin as an admin sees it. */
export type PluginReport = {
  id: string;
  version: string;
  title: string;
  source: string;
  state: PluginState;
  /** Why it does not run though it is enabled. */
  quarantine?: string;
};

/** What is asked of a plugin, and for whom: the whole platform, stores of one tier, or one store. */
export type PluginChange = {
  action: 'enable' | 'disable';
  plugin: string;
  scope: 'platform' | { tier: string } | { storeId: number };
  /** What needs it goes off along with it; without this, a plugin that others need stays on. */
  along?: boolean;
};
/**
 * What a change would do, before it is done. Apply it as it came: its hash covers the state of the world too.
 */
export type PluginPlan = {
  change: PluginChange;
  /** Nothing can be done when this is not empty: each a sentence. */
  problems: string[];
  /** Plugins that go along, in order. */
  affects: string[];
  migrations: { plugin: string; name: string; statements: string[]; heavy: string[] }[];
  permissions: string[];
  routes: string[];
  hooks: string[];
  jobs: string[];
  points: string[];
  hash: string;
};

/** Jobs of all stores. */
export type JobAdmin = {
  list(options?: {
    storeId?: number;
    state?: string;
    name?: string;
    limit?: number;
  }): Promise<Record<string, unknown>[]>;
  retry(id: string): Promise<boolean>;
  cancel(id: string): Promise<boolean>;
};

/** Events of all stores, and their deliveries. */
export type EventAdmin = {
  deadLetters(options?: { limit?: number }): Promise<Record<string, unknown>[]>;
  retryDelivery(storeId: number, id: number): Promise<boolean>;
  /** Delivers events of a span again, to one plugin or all. */
  replay(options: { storeId: number; from: Date; to: Date; plugin?: string; name?: string }): Promise<number>;
  /** Drops events that are older than 30 days and done with; answers how many. To be called once an hour. */
  tidy(): Promise<number>;
  /** Handlers by hook, in the order they run. */
  order(): Record<string, readonly string[]>;
};

/** A route as it is mounted, with the plugin that owns it; the kernel's own when undefined. */
export type MountedRoute = { readonly plugin?: string; readonly route: Route; readonly address: string };

/** What this platform answers over HTTP. */
export type HttpAdmin = {
  /** Routes of all running plugins and of the kernel; the same list until another set of plugins runs. */
  routes(): readonly MountedRoute[];
  /** Names of the cookies that hold a session, by the kind of host. */
  readonly sessionCookies: { readonly platform: string; readonly store: string };
};
