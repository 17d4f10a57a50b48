import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor, StoreRef, TraceStep } from 'kontor/sdk';
import type { OpenTransaction } from './database/transactions.ts';

/** What a store may use, computed when something changes and never at request time. */
export type Gate = {
  /** Ids of the plugins that are on, with everything they depend on. */
  readonly plugins: ReadonlySet<string>;
  readonly features: ReadonlySet<string>;
  /** Limit code to the most that may be used; null is no limit. */
  readonly limits: ReadonlyMap<string, number | null>;
};

/** A store as one process knows it: its row, its signed token for statements, its gate and its settings by plugin. */
export type StoreContext = {
  readonly ref: StoreRef;
  readonly token: string;
  readonly gate: Gate;
  readonly settings: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
};

/** The time a hook handler was given. Once it has ended, the handler's statements are refused. */
export type Lease = { ended: boolean; savepoint?: string | undefined };

/** Everything that travels with a request, a job or a command. One object, never changed, replaced on entry. */
export type Context = {
  readonly actor: Actor;
  readonly store?: StoreContext;
  /** Whose code runs: statements run under this plugin's role. The kernel's own when undefined. */
  readonly plugin?: string;
  readonly locale?: string;
  readonly requestId?: string;
  readonly transaction?: OpenTransaction;
  /** Of the platform's role; apart from the store's, never inside it. */
  readonly platformTransaction?: OpenTransaction;
  readonly lease?: Lease;
  readonly trace?: TraceStep[];
};

const NOBODY: Context = { actor: { kind: 'anonymous' } };
const storage = new AsyncLocalStorage<Context>();

/** The context of the code that asks. */
export function current(): Context {
  return storage.getStore() ?? NOBODY;
}

/** Runs work with parts of the context replaced. */
export function within<Value>(
  change: { readonly [Part in keyof Context]?: Context[Part] | undefined },
  work: () => Value,
): Value {
  return storage.run({ ...current(), ...change } as Context, work);
}

/** A lease that ends, by way of its prototype, with the one around it: who is late takes along whom it has called. */
export function leaseUnder(parent: Lease | undefined): Lease {
  return parent ? Object.assign(Object.create(parent), { savepoint: undefined }) : { ended: false };
}

/** Runs work with a whole new context, as every entry into the process does: a request, a job, a command. */
export function enterAs<Value>(context: Context, work: () => Value): Value {
  return storage.run(context, work);
}
