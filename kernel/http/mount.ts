import type { FastifyInstance } from 'fastify';
import { CONTRACT_VERSION, type MountedRoute, type Route } from 'kontor/sdk';
import type { PluginSet } from '../parts.ts';
import { createApp } from './app.ts';
import { httpErrors } from './errors.ts';
import type { Kit, Place } from './kit.ts';
import { addressOf, declaredCodes, routeFault, SURFACES } from './surfaces.ts';

export type Mounted = { app: FastifyInstance; routes: readonly MountedRoute[] };

const OPENAPI = '/api/openapi.json';

/**
 * Builds a whole new instance for a set of plugins: Fastify cannot take routes out of one that runs.
 *
 * @throws KERNEL_ERR_ROUTE with `details.plugin` for a route that is wrong or is there already
 */
export async function mount(kit: Kit, plugins: PluginSet): Promise<Mounted> {
  const byKey = placesOf(kit, plugins);
  const places = [...byKey.values()];
  const own = byKey.has(keyOf(PAGE, '/')) ? undefined : firstPage(byKey.has(keyOf(PAGE, OPENAPI)));
  const app = createApp(kit, places, own);
  await app.ready();
  return {
    app,
    routes: [
      ...places.map(({ plugin, route, address }) => ({ plugin, route, address })),
      ...(own ? [{ route: { ...PAGE, handler: () => own }, address: '/' }] : []),
    ],
  };
}

const PAGE = {
  method: 'GET',
  path: '/',
  surface: 'platform',
  access: 'anyone',
  summary: 'What this is, and where to go on',
} as const;

/** What the platform answers at `/`, unless a plugin has that address. */
function firstPage(hasOpenapi: boolean): object {
  const links = { ...(hasOpenapi && { openapi: OPENAPI }), live: '/livez', ready: '/readyz' };
  return { name: 'Kontor', version: CONTRACT_VERSION, links };
}

function placesOf(kit: Kit, plugins: PluginSet): Map<string, Place> {
  const declared = declaredCodes(plugins.map(({ manifest }) => manifest));
  const places = new Map<string, Place>();
  for (const { manifest, definition, services } of plugins) {
    const plugin = manifest.id;
    const wrong = (fault: string) =>
      new httpErrors.KERNEL_ERR_ROUTE(`Plugin '${plugin}'${fault}`, { details: { plugin } });
    for (const route of definition.routes ?? []) {
      const fault = routeFault(route, declared) ?? schemaFault(kit, route);
      if (fault) throw wrong(`: ${route.method} ${route.path} ${fault}`);
      const address = addressOf(plugin, route);
      const key = keyOf(route, address);
      const other = places.get(key)?.plugin;
      if (other !== undefined) {
        const what = `${route.method} ${address} on the ${SURFACES[route.surface].host} host`;
        throw wrong(` and plugin '${other}' both have ${what}; rename one of the two`);
      }
      places.set(key, { plugin, services, route, address });
    }
  }
  return places;
}

function schemaFault({ validator }: Kit, { params, query, body }: Route): string | undefined {
  for (const [part, schema] of Object.entries({ params, query, body })) {
    const fault = schema && validator.faultOf(schema);
    if (fault) return `has a schema for ${part} that is no JSON Schema: ${fault}`;
  }
  return undefined;
}

/** Two routes with differently named parameters answer the same requests. */
function keyOf({ method, surface }: Pick<Route, 'method' | 'surface'>, address: string): string {
  return `${SURFACES[surface].host} ${method} ${address.replace(/:[A-Za-z0-9_]+/g, ':')}`;
}
