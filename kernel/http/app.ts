import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify';
import { createAdmit } from './admit.ts';
import { httpErrors } from './errors.ts';
import { parseForm } from './form.ts';
import type { Kit, Place } from './kit.ts';
import { createServe } from './serve.ts';
import { streamOf } from './stream.ts';
import { SURFACES } from './surfaces.ts';

/** A Fastify instance with these routes; it cannot take any in or out later. */
export function createApp(
  kit: Kit,
  places: readonly Place[],
  firstPage: object | undefined,
): FastifyInstance {
  const app = emptyApp(kit);
  const optionsOf = (place: Place): RouteOptions => {
    const { method, surface, bodyLimit } = place.route;
    const admit = createAdmit(kit, place);
    const serve = createServe(kit, place);
    return {
      method,
      url: place.address,
      constraints: { surface: SURFACES[surface].host },
      config: { plugin: place.plugin },
      // Before the body is read; a GET has none, and is spared the cost of a hook.
      ...(method === 'GET'
        ? {
            handler: (request, reply) =>
              admit(request, reply, (error) =>
                error ? kit.fail(error, request, reply) : serve(request, reply),
              ),
          }
        : { onRequest: admit, handler: serve }),
      ...(bodyLimit !== undefined && { bodyLimit }),
    };
  };
  const isHook = ({ route }: Place) => route.surface === 'hooks';
  const isRaw = (place: Place) => isHook(place) || place.route.bodyStream === true;
  for (const place of places) if (!isRaw(place)) app.route(optionsOf(place));
  const addRaw = (mine: (place: Place) => boolean, read: (scope: FastifyInstance) => void) =>
    app.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      read(scope);
      for (const place of places) if (isRaw(place) && mine(place)) scope.route(optionsOf(place));
    });
  // A signature is over the very bytes that came.
  addRaw(isHook, (scope) =>
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (_: unknown, body: Buffer) => body),
  );
  addRaw(
    (place) => !isHook(place),
    (scope) => scope.addContentTypeParser('*', async (request: FastifyRequest) => streamOf(request)),
  );
  addOwnPages(app, kit, firstPage);
  return app;
}

function emptyApp({ config: { http }, random, tenancy, hostOf, fail }: Kit): FastifyInstance {
  const platformHost = new URL(http.platformOrigin).host; // as nearly every client writes it
  const start = random.token().slice(0, 8);
  let count = 0;
  const app = fastify({
    logger: false,
    return503OnClosing: false,
    genReqId: () => `${start}-${(count++).toString(36)}`,
    trustProxy: http.trustedProxies.length > 0 ? [...http.trustedProxies] : false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: fail,
  });
  app.addConstraintStrategy({
    name: 'surface',
    storage: byHost,
    deriveConstraint(request) {
      const host = hostOf(request as never);
      return host === platformHost || tenancy.isPlatformHost(host) ? 'platform' : 'store';
    },
  });
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => parseForm(body),
  );
  app.decorateRequest('visitor');
  app.setErrorHandler(fail);
  app.setNotFoundHandler((request, reply) => fail(new httpErrors.KERNEL_ERR_NOT_FOUND(), request, reply));
  return app;
}

function addOwnPages(
  app: FastifyInstance,
  { readiness, isDraining, send, tenancy, hostOf }: Kit,
  firstPage: object | undefined,
): void {
  const page = (reply: FastifyReply, status: number, body: object) => {
    const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
    send(reply, { status, headers, body: JSON.stringify(body) });
  };
  // On any host: a supervisor knows an address, not a name.
  app.get('/livez', (_request, reply) => page(reply, 200, { alive: true }));
  app.get('/readyz', async ({ raw }, reply) => {
    const stopping = isDraining() ? ['This process is stopping and takes no new work'] : [];
    const notReady = [...stopping, ...(await readiness.report())];
    const ready = notReady.length === 0;
    // The sentences may be a database's own: they are nothing for the visitors of a store.
    const words = tenancy.isPlatformHost(hostOf(raw)) && { notReady };
    page(reply, ready ? 200 : 503, { ready, ...words });
    return reply;
  });
  if (firstPage) {
    app.get('/', { constraints: { surface: 'platform' } }, (_request, reply) => page(reply, 200, firstPage));
  }
}

/** Two kinds of hosts, one tree of routes: `/` is there on both. */
function byHost() {
  const handlers = new Map<string, never>();
  return {
    get: (host: string) => handlers.get(host) ?? null,
    set: (host: string, handler: unknown) => void handlers.set(host, handler as never),
  };
}
