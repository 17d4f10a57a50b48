import type { Route } from './http.ts';
import type {
  DeliveredEvent,
  EventName,
  Events,
  FilterDeclaration,
  FilterName,
  Filters,
  GuardAnswer,
  GuardDeclaration,
  GuardName,
  Guards,
  JobName,
  Jobs,
  PayloadDeclaration,
  PointName,
  Points,
  Services,
} from './hooks.ts';
import type { Cradle, RunningJob } from './services.ts';

type Awaitable<Value> = Value | Promise<Value>;

/** How a job is done, how often it is tried, and when it runs by itself. */
export type JobDefinition<Payload> = {
  /** JSON Schema of the payload. */
  payload: PayloadDeclaration['payload'];
  handler: (job: RunningJob<Payload>, services: Cradle) => Awaitable<unknown>;
  /** Times it is tried again after a failure; 3 when left out. */
  retries?: number;
  /** Seconds before the first retry, doubled each time; 10 when left out. */
  retryDelay?: number;
  /** Seconds one attempt may take; 900 when left out. */
  timeLimit?: number;
  /** Jobs of this name one store may have running at once, over all nodes; 2 when left out. */
  perStore?: number;
  /** Runs by itself in every store that has the plugin: cron in the store's time zone, with this payload. */
  schedule?: { cron: string; payload: Payload };
};

/** A plugin's wiring, read like a table of contents. Everything named here is declared in `plugin.json` too. */
export type PluginDefinition = {
  /** Factories by service name; each is made once, when first needed, with the services the plugin declares. */
  services?: { readonly [Name in keyof Services]?: (services: Cradle) => Services[Name] } & Readonly<
    Record<string, (services: Cradle) => unknown>
  >;
  /** What this plugin owns. */
  declares?: {
    events?: Readonly<Record<string, PayloadDeclaration>>;
    filters?: Readonly<Record<string, FilterDeclaration>>;
    guards?: Readonly<Record<string, GuardDeclaration>>;
    /** Point name to what is done when a contribution comes or goes; nothing needs to be. */
    points?: Readonly<Record<string, PointDeclaration>>;
  };
  routes?: readonly Route[];
  events?: {
    readonly [Name in EventName]?: (
      event: DeliveredEvent<Events[Name]>,
      services: Cradle,
    ) => Awaitable<unknown>;
  };
  filters?: {
    readonly [Name in FilterName]?: (value: Filters[Name], services: Cradle) => Awaitable<Filters[Name]>;
  };
  guards?: {
    readonly [Name in GuardName]?: (subject: Guards[Name], services: Cradle) => Awaitable<GuardAnswer>;
  };
  jobs?: { readonly [Name in JobName]?: JobDefinition<Jobs[Name]> };
  points?: {
    readonly [Name in PointName]?: readonly Points[Name][] | ((services: Cradle) => readonly Points[Name][]);
  };
  /** Runs once per process after everything above is in place; 10 s at most. */
  start?: (services: Cradle) => Awaitable<void>;
  /** Runs when the plugin is turned off or the process stops. */
  stop?: (services: Cradle) => Awaitable<void>;
};

/** What the owner of a point does when a contribution comes or goes. */
export type PointDeclaration = {
  added?: (entry: { plugin: string; value: unknown }) => void;
  removed?: (entry: { plugin: string; value: unknown }) => void;
};

/**
 * Declares a plugin; the default export of its entry module.
 *
 * @example export default definePlugin({ services: { notes: createNotes }, routes, filters: { 'greeting.text': addName } });
 */
export function definePlugin(definition: PluginDefinition): PluginDefinition {
  return definition;
}
