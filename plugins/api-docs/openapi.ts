import {
  type Administration,
  CONTRACT_VERSION,
  type MountedRoute,
  type Route,
  type Surface,
} from 'kontor/sdk';

type Row = Record<string, unknown>;

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** The API as OpenAPI 3.1, from the routes as they are mounted: it cannot say anything else than what is so. */
export function openapiOf({
  routes,
  sessionCookies,
}: {
  routes: readonly MountedRoute[];
  sessionCookies: Administration['http']['sessionCookies'];
}): Row {
  return {
    openapi: '3.1.1',
    info: { title: 'Kontor', version: CONTRACT_VERSION },
    paths: pathsOf(routes),
    components: {
      securitySchemes: {
        userSession: { type: 'apiKey', in: 'cookie', name: sessionCookies.platform },
        customerSession: { type: 'apiKey', in: 'cookie', name: sessionCookies.store },
        apiKey: { type: 'http', scheme: 'bearer', description: 'A key of the store, with scopes' },
      },
      schemas: { Problem: problemSchema },
    },
  };
}

function pathsOf(routes: readonly MountedRoute[]): Record<string, Row> {
  const paths: Record<string, Row> = {};
  const platformFirst = [...routes].sort(
    (a, b) => Number(isOnStores(a.route.surface)) - Number(isOnStores(b.route.surface)),
  );
  for (const mounted of platformFirst) {
    const path = mounted.address.replace(/:([A-Za-z0-9_]+)\??/g, '{$1}').replace('*', '{path}');
    const method = mounted.route.method.toLowerCase();
    // The same address may be there on both kinds of host; a second one is told apart as OpenAPI allows, by a fragment.
    const key = paths[path]?.[method] === undefined ? path : `${path}#store`;
    paths[key] = { ...paths[key], [method]: operationOf(mounted, path) };
  }
  return paths;
}

function operationOf({ plugin = 'kernel', route, address }: MountedRoute, path: string): Row {
  const { access, surface, feature } = route;
  const refusals = Object.entries(route.refusals ?? {});
  const problems = new Set([...usualProblems(route), ...refusals.map(([, status]) => status)]);
  const answers = route.response ?? { 200: undefined };
  return {
    ...(route.summary && { summary: route.summary }),
    operationId: `${plugin}.${route.method.toLowerCase()}${address.replace(/[^A-Za-z0-9]+/g, '_')}`,
    tags: [plugin],
    'x-kontor-access': access,
    'x-kontor-surface': surface,
    'x-kontor-host': isOnStores(surface) ? 'store' : 'platform',
    ...(feature && { 'x-kontor-feature': feature }),
    ...(refusals.length > 0 && { 'x-kontor-refusals': route.refusals }),
    security: SECURITY[typeof access === 'object' ? 'permission' : access],
    parameters: [...pathParameters(route, path), ...queryParameters(route), ...keyParameter(route)],
    ...(route.body && {
      requestBody: { required: true, content: { 'application/json': { schema: route.body } } },
    }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, schema]) => [status, answerOf(schema)])),
      ...Object.fromEntries(
        [...problems].map((status) => [status, { description: 'Refused', content: PROBLEM }]),
      ),
      default: { description: 'An accident', content: PROBLEM },
    },
  };
}

function isOnStores(surface: Surface): boolean {
  return surface === 'shop' || surface === 'storefront';
}

const SECURITY: Readonly<Record<string, readonly Row[]>> = {
  anyone: [{}],
  provider: [{}],
  user: [{ userSession: [] }],
  admin: [{ userSession: [] }],
  customer: [{ customerSession: [] }],
  permission: [{ userSession: [] }, { apiKey: [] }],
};

function usualProblems({ access, surface, params, query, body, rateLimit }: Route): number[] {
  return [
    ...(params || query ? [400] : []),
    ...(access === 'anyone' || access === 'provider' ? [] : [401, 403]),
    ...(surface === 'store' || isOnStores(surface) || params ? [404] : []),
    ...(body ? [400, 422] : []),
    ...(rateLimit ? [429] : []),
  ];
}

function answerOf(schema: unknown): Row {
  return { description: 'Done', ...(schema ? { content: { 'application/json': { schema } } } : {}) };
}

type Fields = { properties?: Record<string, object>; required?: readonly string[] };

function pathParameters({ params }: Route, path: string): Row[] {
  const { properties = {} } = (params ?? {}) as Fields;
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: properties[name] ?? { type: 'string' },
  }));
}

function queryParameters({ query }: Route): Row[] {
  const { properties = {}, required = [] } = (query ?? {}) as Fields;
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

/** Pages and forms of themes, and outside systems, send none. */
function keyParameter({ method, surface }: Route): Row[] {
  if (method === 'GET' || !['store', 'admin', 'account', 'shop'].includes(surface)) return [];
  return [
    { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 } },
  ];
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    details: { type: 'object' },
    requestId: { type: 'string' },
  },
};
