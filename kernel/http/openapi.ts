import { CONTRACT_VERSION, type Route } from 'kontor/sdk';
import type { MountedRoute, Row } from '../parts.ts';
import { accessName, isUnsafe, SURFACES } from './surfaces.ts';

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** The API as OpenAPI 3.1, from the routes as they are mounted: it cannot say anything else than what is so. */
export function openapiOf(routes: readonly MountedRoute[], names: { user: string; customer: string }): Row {
  const paths: Record<string, Record<string, unknown>> = {};
  const onPlatform = ({ route }: MountedRoute) => SURFACES[route.surface].host === 'platform';
  for (const mounted of [...routes].sort((a, b) => Number(onPlatform(b)) - Number(onPlatform(a)))) {
    const path = mounted.address.replace(/:([A-Za-z0-9_]+)\??/g, '{$1}').replace('*', '{path}');
    // The same address may be there on both kinds of host; a second one is told apart as OpenAPI allows, by a fragment.
    const isTaken = paths[path]?.[mounted.route.method.toLowerCase()] !== undefined;
    const key = isTaken ? `${path}#${SURFACES[mounted.route.surface].host}` : path;
    paths[key] = { ...paths[key], [mounted.route.method.toLowerCase()]: operationOf(mounted, path) };
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Kontor', version: CONTRACT_VERSION },
    paths,
    components: {
      securitySchemes: {
        userSession: { type: 'apiKey', in: 'cookie', name: names.user },
        customerSession: { type: 'apiKey', in: 'cookie', name: names.customer },
        apiKey: { type: 'http', scheme: 'bearer', description: 'A key of the store, with scopes' },
      },
      schemas: { Problem: problemSchema },
    },
  };
}

function operationOf({ plugin, route, address }: MountedRoute, path: string): Row {
  const { access, surface, feature } = route;
  const refusals = Object.entries(route.refusals ?? {});
  const problems = new Set([...usualProblems(route), ...refusals.map(([, status]) => status)]);
  const answers = route.response ?? { 200: undefined };
  return {
    ...(route.summary && { summary: route.summary }),
    operationId: `${plugin ?? 'kernel'}.${route.method.toLowerCase()}${address.replace(/[^A-Za-z0-9]+/g, '_')}`,
    tags: [plugin ?? 'kernel'],
    'x-kontor-access': access,
    'x-kontor-surface': surface,
    'x-kontor-host': SURFACES[surface].host,
    ...(feature && { 'x-kontor-feature': feature }),
    ...(refusals.length > 0 && { 'x-kontor-refusals': route.refusals }),
    security: SECURITY[accessName(access)],
    parameters: [...pathParameters(route, path), ...queryParameters(route), ...keyParameter(route)],
    ...(route.body && {
      requestBody: { required: true, content: { 'application/json': { schema: route.body } } },
    }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, schema]) => [status, answerOf(schema)])),
      ...Object.fromEntries(
        [...problems].sort().map((status) => [status, { description: 'Refused', content: PROBLEM }]),
      ),
      default: { description: 'An accident', content: PROBLEM },
    },
  };
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
    ...(SURFACES[surface].hasStore || params ? [404] : []),
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
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  return names.map((name) => ({
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

function keyParameter(route: Route): Row[] {
  if (!isUnsafe(route) || !['store', 'admin', 'account', 'shop'].includes(route.surface)) return [];
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
