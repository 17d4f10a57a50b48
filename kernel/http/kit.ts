import type { FastifyRequest } from 'fastify';
import type { Actor, KernelServices, Route } from 'kontor/sdk';
import type { StoreContext } from '../context.ts';
import type { Config, EnterPlugin, Identities, KernelLog, Tenancy } from '../parts.ts';
import type { SessionCookies } from './cookies.ts';
import type { Idempotency } from './idempotency.ts';
import type { CountCall } from './rate-limit.ts';
import type { Fail, Send } from './send.ts';
import type { Validator } from './validate.ts';

/** A route in place: what is known about it before any request comes. */
export type Place = {
  readonly plugin: string;
  readonly services: KernelServices;
  readonly route: Route;
  readonly address: string;
};

/** Who came, and to which store; every check is passed. */
export type Visitor = {
  readonly actor: Actor;
  readonly store: StoreContext | undefined;
  /** The person's own language. */
  readonly locale: string | undefined;
};

/** What the routes of one set of plugins after the other are mounted with. */
export type Kit = {
  readonly config: Config;
  readonly log: KernelLog;
  readonly random: KernelServices['random'];
  readonly tenancy: Tenancy;
  readonly identities: Identities;
  readonly features: { readonly features: KernelServices['features'] };
  readonly enter: EnterPlugin;
  readonly cookies: SessionCookies;
  readonly idempotency: Idempotency;
  readonly validator: Validator;
  readonly hostOf: (request: FastifyRequest['raw']) => string;
  readonly countCall: CountCall;
  readonly send: Send;
  readonly fail: Fail;
  readonly notReady: () => Promise<string[]>;
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Who came, once the door is passed. */
    visitor: Visitor;
  }
  interface FastifyContextConfig {
    plugin?: string;
  }
}
