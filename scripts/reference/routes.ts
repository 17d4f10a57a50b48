import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { PluginDefinition, Route } from 'kontor/sdk';
import { addressOf, SURFACES } from '../../kernel/http/surfaces.ts';
import { code, table } from './markdown.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HEADS = ['route', 'who', 'what', 'refusals'];

/** The page docs/reference/http.md: every address of the kernel and the bundled plugins, from their route tables. */
export async function routesReference(): Promise<string> {
  const plugins = await Promise.all(
    globSync('plugins/*/index.ts', { cwd: ROOT })
      .sort()
      .map(async (file) => [`## ${file.split('/')[1]}`, '', ...(await routesOf(file)), '']),
  );
  return [
    '# HTTP',
    '',
    'A running platform describes the routes of its own plugins, with their schemas, at `/api/openapi.json`. This page lists',
    'those of the kernel and the bundled plugins.',
    '',
    '## Surfaces',
    '',
    ...table(
      ['surface', 'address', 'host', 'who may be asked for'],
      Object.entries(SURFACES).map(([name, { prefix, host, access }]) => [
        code(name),
        code(`${prefix || ''}/...`),
        host === 'platform' ? "the platform's" : "a store's own",
        access.join(', '),
      ]),
    ),
    '',
    'Refusals and errors are `application/problem+json` with `code`, `status`, `detail`, `requestId` and, where there are any,',
    '`details`. A refusal that is not listed has status 422; codes of errors are in [errors](errors.md). Besides those in the',
    'tables, a route answers 401 or 403 where it asks for somebody, 404 for what is not there or is another store’s, 422 for a',
    'body that does not fit, 429 above its rate limit.',
    '',
    'Unsafe routes of `store`, `admin`, `account` and `shop` take an `Idempotency-Key`: the same key and body give the kept',
    'answer for 24 hours. An answer with a secret or a cookie is given once: asked for again it is a 409. With a session cookie',
    'they want the header `x-csrf-token` and an `Origin` of the same host.',
    '',
    '## kernel',
    '',
    ...table(HEADS, [
      [code('GET /'), 'anyone, unless a plugin has this address', 'What this is, and where to go on', ''],
      [code('GET /livez'), 'anyone, on any host', 'Whether the process lives', ''],
      [
        code('GET /readyz'),
        'anyone, on any host',
        '200 or 503; on the platform host with what is not ready, in words',
        '',
      ],
    ]),
    '',
    ...plugins.flat(),
  ].join('\n');
}

async function routesOf(file: string): Promise<string[]> {
  const { default: definition } = (await import(pathToFileURL(join(ROOT, file)).href)) as {
    default: PluginDefinition;
  };
  const { routes = [] } = definition;
  return routes.length > 0
    ? table(
        HEADS,
        routes.map((route) => row(file.split('/')[1]!, route)),
      )
    : ['No routes.'];
}

function row(plugin: string, route: Route): string[] {
  const { method, access, feature, summary = '', refusals = {} } = route;
  const who = typeof access === 'object' ? code(access.permission) : access;
  return [
    code(`${method} ${addressOf(plugin, route)}`),
    feature ? `${who}, feature ${code(feature)}` : who,
    summary,
    Object.entries(refusals)
      .map(([name, status]) => `${code(name)} ${status}`)
      .join(', '),
  ];
}
