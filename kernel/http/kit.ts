import type { Actor, KernelServices, Route } from 'kontor/sdk';
import type { StoreContext } from '../context.ts';
import type { Floor, Identities, Readiness, Tenancy } from '../parts.ts';
import { createCookies } from './cookies.ts';
import { createHostOf } from './host.ts';
import { createFingerprint, createIdempotency } from './idempotency.ts';
import { createRateLimits } from './rate-limit.ts';
import { createSend } from './send.ts';
import { createValidator } from './validate.ts';

export type HttpDeps = Omit<Floor, 'changes'> & {
  readonly points: KernelServices['points'];
  readonly tenancy: Tenancy;
  readonly identities: Identities;
  readonly features: Pick<KernelServices, 'features'>;
  readonly readiness: Readiness;
};

/** What the routes of one set of plugins after the other are mounted with. */
export type Kit = ReturnType<typeof createKit>;

export function createKit(deps: HttpDeps & { isDraining: () => boolean }) {
  const { platformOrigin, trustedProxies } = deps.config.http;
  const cookies = createCookies(platformOrigin.startsWith('https:'));
  return {
    ...deps,
    ...createSend({ ...deps, isSecure: cookies.isSecure }),
    cookies,
    idempotency: createIdempotency(deps),
    fingerprintOf: createFingerprint(deps.config),
    validator: createValidator(),
    hostOf: createHostOf(trustedProxies),
    countCall: createRateLimits({ ...deps, shared: () => deps.points.of('rateLimitStores')[0] }),
  };
}

/** A route in place: what is known about it before any request comes. */
export type Place = { plugin: string; services: KernelServices; route: Route; address: string };

/** Who came, and to which store; every check is passed. */
export type Visitor = {
  readonly actor: Actor;
  readonly store: StoreContext | undefined;
  /** The person's own language. */
  readonly locale: string | undefined;
};

declare module 'fastify' {
  interface FastifyRequest {
    /** There once the door is passed. */
    visitor: Visitor;
  }
  interface FastifyContextConfig {
    plugin?: string;
  }
}
