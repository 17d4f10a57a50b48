import type { HttpPart } from '../parts.ts';
import { createKit, type HttpDeps } from './kit.ts';
import { type Mounted, mount } from './mount.ts';
import { createServer } from './server.ts';

/** The way in from outside: one server, the routes of running plugins, and what every request has to pass. */
export function createHttp(deps: HttpDeps): HttpPart {
  let isDraining = false;
  let current: Mounted;
  const kit = createKit({ ...deps, isDraining: () => isDraining });
  const server = createServer(deps, (request, response) => current.app.routing(request, response));

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
    tidy: kit.idempotency.tidy,
    get routes() {
      return current.routes;
    },
    sessionCookies: kit.cookies.names,
  };
}
