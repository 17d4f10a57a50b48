import type { JsonSchema } from 'kontor/sdk';
import type { Answer, Client, TestKernel } from 'kontor/sdk/testing';
import type { MountedRoute } from '../../kernel/parts.ts';
import { type Family, verdict } from './family.ts';
import type { RuleResult } from './index.ts';
import { sampleOf } from './sample.ts';

/** A word in everything that store a writes; nobody of store b may ever read it. */
const SECRET = 'canary-of-a';

/**
 * Fills store a by its own routes, then calls every route as people of store b: with b's sessions at a's addresses, and
 * with a's ids at b's own. The answer is 404, never another one that hints; a's rows are as they were. Routes of the
 * platform's admins refuse whoever is none.
 */
export async function checkIsolation(world: TestKernel, family: Family): Promise<RuleResult> {
  const own = world.kernel.http.routes.filter(({ plugin }) =>
    family.plugins.some(({ manifest }) => manifest.id === plugin),
  );
  const routes = own
    .filter(({ route }) => STORES.has(route.surface))
    .sort((one, other) => rank(one) - rank(other));
  const everybodys = await namesOfEverybody(world, routes);
  const ids = new Set<string>(['1']);
  for (const mounted of routes.filter(({ route }) => route.method !== 'DELETE')) {
    const answers = await call(world, mounted, { of: 'a', at: 'a', ids: [...ids], word: SECRET });
    for (const { body } of answers) collect(body, ids);
    for (const name of everybodys) ids.delete(name);
  }
  await world.jobs.drain(); // events and jobs that store a has set off are its own doing
  const before = await rowsOfStore(world, family);
  const faults: string[] = [];
  for (const mounted of routes) {
    const visit = { of: 'b', ids: [...ids], word: 'b' } as const;
    if (mounted.route.surface === 'store') {
      for (const answer of await call(world, mounted, { ...visit, at: 'a' }))
        faults.push(...strangerFaults(mounted, answer));
    }
    for (const answer of await call(world, mounted, { ...visit, at: 'b' }))
      faults.push(...foreignIdFaults(mounted, answer));
  }
  for (const mounted of own.filter(({ route }) => route.surface === 'admin')) {
    const answers = await call(
      world,
      { ...mounted, route: { ...mounted.route, access: 'user' } },
      { of: 'b', at: 'b', ids: ['1'], word: 'b' },
    );
    const isOpen = answers.some(({ status }) => ![401, 403, 404].includes(status));
    if (isOpen) faults.push(`${mounted.route.method} ${mounted.address} lets in somebody who is no admin`);
  }
  if (before !== (await rowsOfStore(world, family)))
    faults.push('Rows of store a changed while only people of store b were calling');
  if (faults.some((fault) => /answers 5\d\d/.test(fault))) faults.push(...reasonIn(world.lines));
  return verdict('isolation', [...new Set(faults)], `${own.length} route(s) keep two stores apart`);
}

/** An answer of status 500 says nothing of its reason; the log does. */
function reasonIn(lines: TestKernel['lines']): string[] {
  const { err } = lines.findLast(({ level, details }) => level === 'error' && details.err)?.details ?? {};
  return err instanceof Error ? [`The log says: ${err.message}`] : [];
}

/** Names that store b has before anybody wrote anything, such as those of pages that the platform gives to every store. */
async function namesOfEverybody(world: TestKernel, routes: readonly MountedRoute[]): Promise<Set<string>> {
  const names = new Set<string>();
  // Not those of customers: signing one in writes a person into store b.
  const lists = routes.filter(
    ({ route, address }) =>
      route.method === 'GET' && route.access !== 'customer' && !address.replace(':store', '').includes(':'),
  );
  for (const mounted of lists) {
    const answers = await call(world, mounted, { of: 'b', at: 'b', ids: [], word: 'b' });
    for (const { body } of answers) collect(body, names);
  }
  return new Set([...names].filter((name) => !/^\d+$/.test(name)));
}

const STORES = new Set<string>(['store', 'shop', 'storefront']);

function strangerFaults({ route, address }: MountedRoute, { status }: Answer): string[] {
  const who = `${route.method} ${address} at store a, called by the owner of store b`;
  return status === 404 ? [] : [`${who}, answers ${status}; expected 404`];
}

function foreignIdFaults({ route, address }: MountedRoute, { status, body }: Answer): string[] {
  const name = `${route.method} ${address} of store b`;
  const isReadById = route.method === 'GET' && address.replace(':store', '').includes(':');
  if (JSON.stringify(body ?? '').includes(SECRET)) return [`${name} gives what store a wrote`];
  const isWrong = status >= 500 || (isReadById && status < 400);
  return isWrong ? [`${name} answers ${status} to an id of store a; expected 404`] : [];
}

/** Writers first, so that there is something to read. */
function rank({ route, address }: MountedRoute): number {
  const isPlain = !address.replace(':store', '').includes(':');
  return (route.method === 'POST' ? 0 : 2) + (isPlain ? 0 : 1);
}

type Visit = { of: 'a' | 'b'; at: 'a' | 'b'; ids: readonly string[]; word: string };

/** Calls a route once for each id that its address may take. */
async function call(world: TestKernel, { route, address }: MountedRoute, visit: Visit): Promise<Answer[]> {
  const client = await clientFor(world, route.surface, route.access, visit);
  const base = address.replace(':store', world.stores[visit.at].handle);
  const ids = /:[A-Za-z]/.test(base) ? visit.ids : [''];
  const query = route.query ? `?${queryOf(sampleOf(route.query as JsonSchema, visit.word))}` : '';
  const body = route.body ? sampleOf(route.body as JsonSchema, visit.word) : undefined;
  const method = route.method.toLowerCase() as 'get';
  return Promise.all(
    ids.map((id) => client[method](base.replaceAll(/:[A-Za-z]\w*/g, encodeURIComponent(id)) + query, body)),
  );
}

async function clientFor(
  world: TestKernel,
  surface: string,
  access: MountedRoute['route']['access'],
  { of }: Visit,
): Promise<Client> {
  if (surface === 'shop' || surface === 'storefront')
    return access === 'customer' ? world.customer(of) : world.anonymous(of);
  return access === 'admin' ? world.admin() : world.owner(of);
}

function queryOf(values: unknown): string {
  const entries = Object.entries((values ?? {}) as Record<string, unknown>).filter(
    ([, value]) => value !== null,
  );
  return new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString();
}

/** Whatever looks like an id in an answer: fields that are called so, numbers and tokens alike. */
function collect(value: unknown, ids: Set<string>): void {
  if (typeof value !== 'object' || value === null || ids.size > 50) return;
  for (const [name, one] of Object.entries(value)) {
    const isId =
      /^(id|token|handle|slug|.*Id)$/.test(name) && (typeof one === 'number' || typeof one === 'string');
    if (isId) ids.add(String(one));
    collect(one, ids);
  }
}

/** All rows of store a in these plugins' tables, as one text. */
async function rowsOfStore({ kernel, stores }: TestKernel, family: Family): Promise<string> {
  const { query } = kernel.database.platform;
  const schemas = family.plugins.map(({ manifest }) => manifest.id.replaceAll('-', '_'));
  const tables = await query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'store_id'
     where n.nspname = any($1) and c.relkind in ('r', 'p') order by 1`,
    [schemas],
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await query<{ row: string }>(
      `select to_jsonb(x)::text as row from ${name} x where store_id = $1 order by 1`,
      [stores.a.id],
    );
    texts.push(`${name}: ${rows.map(({ row }) => row).join()}`);
  }
  return texts.join('\n');
}
