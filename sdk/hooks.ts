import type { TSchema } from 'typebox';

/* The open interfaces. A plugin's contract.ts adds to them by `declare module 'kontor/sdk' { interface Events { ... } }`. */

/** Events by name, with the payload. `order.placed` happened; nobody can object. */
// biome-ignore lint/suspicious/noEmptyInterface: plugins add to it
export interface Events {}
/** Filters by name, with the value that passes through. */
// biome-ignore lint/suspicious/noEmptyInterface: plugins add to it
export interface Filters {}
/** Guards by name, with what is asked about. `order.place` may be refused, with a reason. */
// biome-ignore lint/suspicious/noEmptyInterface: plugins add to it
export interface Guards {}
/** Contribution points by name, with the type of one contribution. */
export interface Points {
  /** Second steps of a sign-in, such as a one-time code or a passkey. */
  signInChallenges: import('./auth.ts').SignInChallenge;
  /** Ways to bring a notice (invitation, reset, address change) to a person. */
  noticeChannels: import('./auth.ts').NoticeChannel;
  /** Stores for the counters of rate limits, for platforms of several nodes. The first one wins. */
  rateLimitStores: import('./http.ts').RateLimitStore;
}
/** Jobs by name, with the payload (JSON). */
// biome-ignore lint/suspicious/noEmptyInterface: plugins add to it
export interface Jobs {}
/** Services by name, as other plugins see them. */
// biome-ignore lint/suspicious/noEmptyInterface: plugins add to it
export interface Services {}

type Name<Open> = Extract<keyof Open, string>;
/** Name of an event that some plugin's `contract.ts` declares. */
export type EventName = Name<Events>;
/** Name of a filter that some plugin's `contract.ts` declares. */
export type FilterName = Name<Filters>;
/** Name of a guard that some plugin's `contract.ts` declares. */
export type GuardName = Name<Guards>;
/** Name of a contribution point, of the kernel or of a plugin. */
export type PointName = Name<Points>;
/** Name of a job that some plugin's `contract.ts` declares. */
export type JobName = Name<Jobs>;

/** How the owner of an event or of a job declares it. */
export type PayloadDeclaration = { payload: TSchema };

/** How the owner of a filter declares it. */
export type FilterDeclaration = {
  /** What every handler's result is checked against; a wrong one is set aside and the value before it stands. */
  value: TSchema;
  /** Milliseconds a handler may take; 100 when left out. */
  budget?: number;
};

/** How the owner of a guard declares it. */
export type GuardDeclaration = {
  subject: TSchema;
  /** Milliseconds a handler may take; 100 when left out. */
  budget?: number;
  /** What counts when a handler fails: 'open' lets pass (default), 'closed' refuses. */
  whenBroken?: 'open' | 'closed';
};

/** An event as a handler gets it. */
export type DeliveredEvent<Payload> = {
  /** The same on every attempt: the key for exactly-once effects. */
  readonly id: string;
  readonly name: string;
  readonly payload: Payload;
  /** What the event is about; events of one entity arrive in the order of their commits. */
  readonly entity: string;
  readonly occurredAt: Date;
  /** 1 at first, counted up by retries. */
  readonly attempt: number;
};

/** One step of a trace: which handler made what of what. */
export type TraceStep = {
  readonly hook: string;
  readonly plugin: string;
  readonly version: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly milliseconds: number;
  /** Why the result was set aside, when it was. */
  readonly fault?: string;
};

/** What a guard handler answers: nothing lets pass. */
export type GuardAnswer = undefined | { readonly refuse: string; readonly details?: Record<string, unknown> };
