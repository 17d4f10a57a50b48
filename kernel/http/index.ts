import type { KernelServices } from 'kontor/sdk';
import type {
  Config,
  EnterPlugin,
  HttpPart,
  Identities,
  KernelDatabase,
  KernelLog,
  Readiness,
  Tenancy,
} from '../parts.ts';
import { createCookies } from './cookies.ts';
import { createHostOf } from './host.ts';
import { createIdempotency } from './idempotency.ts';
import { type Mounted, mount, type MountDeps } from './mount.ts';
import { readyReport } from './own-routes.ts';
import { createRateLimits } from './rate-limit.ts';
import { createSend } from './send.ts';
import { createServer } from './server.ts';
import { createValidate } from './validate.ts';

export type HttpDeps = {
  config: Config;
  log: KernelLog;
  clock: KernelServices['clock'];
  random: KernelServices['random'];
  tenancy: Tenancy;
  identities: Identities;
  features: { readonly features: KernelServices['features'] };
  metrics: KernelServices['metrics'];
  readiness: Readiness;
  database: KernelDatabase;
  enter: EnterPlugin;
  points: KernelServices['points'];
};

/** The way in from outside: one server, the routes of running plugins, and what every request has to pass. */
export function createHttp(deps: HttpDeps): HttpPart {
  const { config, log, clock, metrics, points, readiness } = deps;
  const scheme = config.http.platformOrigin.startsWith('https:') ? 'https' : 'http';
  const cookies = createCookies(scheme === 'https');
  const idempotency = createIdempotency(deps);
  const mountDeps: MountDeps = {
    ...deps,
    ...createValidate(),
    scheme,
    cookies,
    idempotency,
    hostOf: createHostOf(config.http.trustedProxies),
    countCall: createRateLimits({ clock, log, shared: () => points.of('rateLimitStores')[0] }),
    send: createSend({ isSecure: scheme === 'https', isDraining: () => isDraining, metrics }),
    readyReport: () => readyReport({ readiness, isDraining }),
  };
  const server = createServer({ config }, (request, response) => current.app.routing(request, response));
  let isDraining = false;
  let current: Mounted;

  return {
    name: 'http',
    async follow(plugins) {
      const next = await mount(mountDeps, plugins);
      const before = current;
      current = next;
      // What still runs on the old one ends there: closing it takes no answer away.
      await before?.app.close();
    },
    listen: async () => server.listen(),
    inject: async (request) => current.app.inject(request),
    async drain() {
      isDraining = true;
      await server.close();
    },
    tidy: idempotency.tidy,
    get routes() {
      return current.routes;
    },
    sessionCookies: cookies,
  };
}
