import fastify, { type FastifyInstance } from 'fastify';
import type { KernelServices, Route } from 'kontor/sdk';
import type { Config, MountedRoute, PluginSet } from '../parts.ts';
import type { Place } from './admit.ts';
import { problemAnswer } from './answer.ts';
import { httpErrors } from './errors.ts';
import { parseForm } from './form.ts';
import { firstPage } from './own-routes.ts';
import { createServe, failWith, type ServeDeps } from './serve.ts';
import { problemOf } from './problem.ts';
import { addressOf, declaredCodes, routeFault, SURFACES } from './surfaces.ts';

export type Mounted = { app: FastifyInstance; routes: readonly MountedRoute[] };

export type MountDeps = ServeDeps & {
  config: Config;
  random: KernelServices['random'];
  schemaFault: (schema: object) => string | undefined;
  readyReport: () => Promise<string[]>;
};

/**
 * Builds a whole new instance for a set of plugins: Fastify cannot take routes out of one that runs.
 *
 * @throws KERNEL_ERR_ROUTE with `details.plugin` for a route that is wrong or is there already
 */
export async function mount(deps: MountDeps, plugins: PluginSet): Promise<Mounted> {
  const places = placesOf(deps, plugins);
  const app = createApp(deps);
  for (const place of places.filter(({ route }) => route.surface !== 'hooks')) addRoute(app, deps, place);
  app.register(async (scope) => {
    // A signature is over the very bytes that came.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    for (const place of places.filter(({ route }) => route.surface === 'hooks')) addRoute(scope, deps, place);
  });
  await app.ready();
  return {
    app,
    routes: places.map(({ plugin, route, address }) => ({
      route,
      address,
      ...(plugin !== undefined && { plugin }),
    })),
  };
}

function placesOf(deps: MountDeps, plugins: PluginSet): Place[] {
  const declared = declaredCodes(plugins.map(({ manifest }) => manifest));
  const byAddress = new Map<string, Place>();
  for (const { manifest, definition, services } of plugins) {
    for (const route of definition.routes ?? []) {
      const fault = routeFault(route, declared) ?? schemaFault(deps, route);
      if (fault) throw wrong(manifest.id, `Plugin '${manifest.id}': ${route.method} ${route.path} ${fault}`);
      const place = { plugin: manifest.id, services, route, address: addressOf(manifest.id, route) };
      const other = byAddress.get(keyOf(place));
      if (other) {
        const both = `Plugin '${manifest.id}' and plugin '${other.plugin}' both have ${route.method} ${place.address}`;
        throw wrong(
          manifest.id,
          `${both} on the ${SURFACES[route.surface].host} host; rename one of the two`,
        );
      }
      byAddress.set(keyOf(place), place);
    }
  }
  const route = firstPage([...byAddress.values()].map(({ address }) => address));
  const first = { plugin: undefined, services: {} as KernelServices, route, address: route.path };
  if (!byAddress.has(keyOf(first))) byAddress.set(keyOf(first), first);
  return [...byAddress.values()];
}

function wrong(plugin: string, sentence: string): Error {
  return new httpErrors.KERNEL_ERR_ROUTE(sentence, { details: { plugin } });
}

function schemaFault(deps: MountDeps, { params, query, body }: Route): string | undefined {
  for (const [part, schema] of Object.entries({ params, query, body })) {
    const fault = schema && deps.schemaFault(schema);
    if (fault) return `has a schema for ${part} that is no JSON Schema: ${fault}`;
  }
  return undefined;
}

/** Two routes with differently named parameters answer the same requests. */
function keyOf({ route, address }: Place): string {
  return `${SURFACES[route.surface].host} ${route.method} ${address.replace(/:[A-Za-z0-9_]+/g, ':')}`;
}

function addRoute(app: FastifyInstance, deps: MountDeps, place: Place): void {
  const { admit, handle } = createServe(deps, place);
  const { method, surface, bodyLimit } = place.route;
  app.route({
    method,
    url: place.address,
    handler: handle,
    constraints: { surface: SURFACES[surface].host },
    ...(bodyLimit !== undefined && { bodyLimit }),
    ...(admit && { onRequest: admit }),
  });
}

function createApp(deps: MountDeps): FastifyInstance {
  const { config, random, log, send, tenancy, hostOf } = deps;
  const platformHost = new URL(config.http.platformOrigin).host; // as nearly every client writes it
  const start = random.token().slice(0, 8);
  let count = 0;
  const app = fastify({
    logger: false,
    return503OnClosing: false,
    genReqId: () => `${start}-${(count++).toString(36)}`,
    trustProxy: config.http.trustedProxies.length > 0 ? [...config.http.trustedProxies] : false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => send(reply, problemAnswer(problemOf(error), request.id)),
  });
  app.addConstraintStrategy({
    name: 'surface',
    storage: byHost,
    deriveConstraint(request) {
      const host = hostOf(request as never);
      return host === platformHost || tenancy.isPlatformHost(host) ? 'platform' : 'store';
    },
  });
  app.decorateRequest('visitor', undefined);
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      try {
        done(null, parseForm(body as string));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  // On any host: a supervisor knows an address, not a name.
  const health = (status: number, body: object) => ({
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  });
  app.get('/livez', (_request, reply) => send(reply, health(200, { alive: true })));
  app.get('/readyz', async (_request, reply) => {
    const notReady = await deps.readyReport();
    const ready = notReady.length === 0;
    send(reply, health(ready ? 200 : 503, { ready, notReady }));
    return reply;
  });
  app.setNotFoundHandler((request, reply) => {
    failWith({ send, log, address: request.method }, new httpErrors.KERNEL_ERR_NOT_FOUND(), request, reply);
  });
  app.setErrorHandler((error, request, reply) => {
    failWith({ send, log, address: `${request.method} ${request.routeOptions.url}` }, error, request, reply);
  });
  return app;
}

/** Two kinds of hosts, one tree of routes: `/` is there on both. */
function byHost() {
  const handlers: Record<string, never> = {};
  return {
    get: (host: string) => handlers[host] ?? null,
    set: (host: string, handler: unknown) => {
      handlers[host] = handler as never;
    },
  };
}
