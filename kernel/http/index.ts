import type { KernelServices } from 'kontor/sdk';
import type { HttpPart, KernelDatabase, Readiness } from '../parts.ts';
import { createCookies } from './cookies.ts';
import { createHostOf } from './host.ts';
import { createIdempotency } from './idempotency.ts';
import type { Kit } from './kit.ts';
import { type Mounted, mount } from './mount.ts';
import { createRateLimits } from './rate-limit.ts';
import { createSend } from './send.ts';
import { createServer } from './server.ts';
import { createValidator } from './validate.ts';

export type HttpDeps = Pick<
  Kit,
  'config' | 'log' | 'random' | 'tenancy' | 'identities' | 'features' | 'enter'
> & {
  clock: KernelServices['clock'];
  metrics: KernelServices['metrics'];
  readiness: Readiness;
  database: KernelDatabase;
  points: KernelServices['points'];
};

/** The way in from outside: one server, the routes of running plugins, and what every request has to pass. */
export function createHttp(deps: HttpDeps): HttpPart {
  const { config, points, readiness } = deps;
  const cookies = createCookies(config.http.platformOrigin.startsWith('https:'));
  const idempotency = createIdempotency(deps);
  const kit: Kit = {
    ...deps,
    ...createSend({ ...deps, isSecure: cookies.isSecure, isDraining: () => isDraining }),
    cookies,
    idempotency,
    validator: createValidator(),
    hostOf: createHostOf(config.http.trustedProxies),
    countCall: createRateLimits({ ...deps, shared: () => points.of('rateLimitStores')[0] }),
    async notReady() {
      const reports = await readiness.report();
      return isDraining ? ['This process is stopping and takes no new work', ...reports] : reports;
    },
  };
  const server = createServer({ config }, (request, response) => current.app.routing(request, response));
  let isDraining = false;
  let current: Mounted;

  return {
    name: 'http',
    async follow(plugins) {
      const before = current;
      current = await mount(kit, plugins);
      // What still runs on the old one ends there: closing it takes no answer away.
      await before?.app.close();
    },
    listen: () => server.listen(),
    inject: async (request) => current.app.inject(request),
    async drain() {
      isDraining = true;
      await server.close();
    },
    tidy: idempotency.tidy,
    get routes() {
      return current.routes;
    },
    sessionCookies: cookies.names,
  };
}
