import type { InjectOptions } from 'fastify';
import type { Test } from 'tap';
import { defineErrors } from 'kontor/sdk';
import type {
  KernelServices,
  Manifest,
  PluginDefinition,
  RateLimitStore,
  Route,
  StoreState,
} from 'kontor/sdk';
import { current, type StoreContext, within } from '../../../kernel/context.ts';
import { createHttp } from '../../../kernel/http/index.ts';
import type {
  Config,
  Identities,
  KernelDatabase,
  KernelLog,
  LoadedPlugin,
  Readiness,
  Tenancy,
} from '../../../kernel/parts.ts';
import { testConfig } from '../../support/database.ts';

/** A plugin as the host hands it to http. */
export function aPlugin(
  id: string,
  routes: readonly Route[],
  manifest: Partial<Manifest> = {},
  definition: PluginDefinition = {},
): LoadedPlugin {
  return {
    manifest: { id, version: '1.0.0', title: id, requires: '^1.0.0', ...manifest },
    folder: `/plugins/${id}`,
    source: 'bundled',
    definition: { ...definition, routes },
    services: {} as LoadedPlugin['services'],
  };
}

export function aStore(
  id: number,
  handle: string,
  change: { state?: StoreState; locales?: string[] } = {},
): StoreContext {
  return {
    ref: {
      id,
      handle,
      name: handle,
      state: 'active',
      merchantId: 1,
      tier: 'full',
      locale: 'en',
      locales: ['en', 'fr'],
      currency: 'EUR',
      timeZone: 'Europe/Luxembourg',
      host: `${handle}.localhost:3000`,
      ...change,
    },
    token: `token-${id}`,
    gate: { plugins: new Set(['notes', 'other']), features: new Set(['notes.print']), limits: new Map() },
    settings: new Map(),
  };
}

const session = (userId: number, isAdmin = false) => ({
  actor: { kind: 'user' as const, userId, email: `${userId}@example.lu`, isAdmin, sessionId: userId },
  csrfToken: `csrf-${userId}`,
  locale: 'fr',
});

/** Cookie and key of everybody in these tests: `owner` is a member of store a, `stranger` of none, `customer` shops in a. */
export const people = {
  owner: { cookie: 'kontor_user=owner', origin: 'http://localhost', 'x-csrf-token': 'csrf-1' },
  stranger: { cookie: 'kontor_user=stranger', origin: 'http://localhost', 'x-csrf-token': 'csrf-2' },
  admin: { cookie: 'kontor_user=admin', origin: 'http://localhost', 'x-csrf-token': 'csrf-3' },
  customer: { cookie: 'kontor_customer=customer', origin: 'http://a.localhost', 'x-csrf-token': 'csrf-4' },
  key: { authorization: 'Bearer key-a' },
};

const identities: Identities = {
  userSession: (token) =>
    ({ owner: session(1), stranger: session(2), admin: session(3, true) })[token] as ReturnType<
      Identities['userSession']
    >,
  customerSession: (store, token) =>
    store.ref.handle === 'a' && token === 'customer'
      ? {
          actor: { kind: 'customer', customerId: 4, email: 'c@example.lu', sessionId: 4 },
          csrfToken: 'csrf-4',
          locale: 'fr',
        }
      : undefined,
  apiKey: (secret) =>
    secret === 'key-a'
      ? { actor: { kind: 'apiKey', keyId: 5, name: 'till', scopes: ['notes.read'] }, storeId: 1 }
      : undefined,
  permissions: (store, userId) =>
    store.ref.handle === 'a' && userId === 1 ? new Set(['notes.read', 'notes.write']) : undefined,
};

type Line = { level: string; details: Record<string, unknown>; message: string };

/** The HTTP part over two stores and a few people, with everything it leans on held still. */
export async function startHttp(
  t: Pick<Test, 'teardown'>,
  input: {
    plugins: readonly LoadedPlugin[];
    stores?: readonly StoreContext[];
    database?: KernelDatabase;
    config?: Partial<Config['http']>;
    rateLimitStore?: RateLimitStore;
    readiness?: Readiness;
  },
) {
  const stores = new Map(
    (input.stores ?? [aStore(1, 'a'), aStore(2, 'b')]).map((store) => [store.ref.handle, store]),
  );
  const clock = { time: new Date('2026-11-23T12:00:00Z'), now: () => clock.time };
  let count = 0;
  const lines: Line[] = [];
  const nameOf = (host: string) => host.replace(/:\d+$/, '').toLowerCase();
  const tenancy = {
    byHost: (host) => stores.get(nameOf(host).replace(/\.localhost$/, '')),
    byHandle: (handle) => stores.get(handle),
    byId: (id) => [...stores.values()].find(({ ref }) => ref.id === id),
    isPlatformHost: (host) => nameOf(host) === 'localhost',
  } satisfies Partial<Tenancy>;
  const http = createHttp({
    config: testConfig({ http: { ...testConfig().http, ...input.config } }),
    log: logInto(lines),
    clock,
    random: { token: () => 'token'.padEnd(22, '0'), uuid: () => `uuid-${count++}` },
    tenancy: tenancy as Partial<Tenancy> as Tenancy,
    identities,
    features: {
      features: { require: refuseFeature } as Partial<
        KernelServices['features']
      > as KernelServices['features'],
    },
    metrics: { counter: () => ({ add() {} }) } as Partial<
      KernelServices['metrics']
    > as KernelServices['metrics'],
    readiness: input.readiness ?? { add() {}, report: async () => [] },
    database: input.database ?? ({} as KernelDatabase),
    enter: (plugin, work) => within({ plugin }, work),
    points: {
      of: () => (input.rateLimitStore ? [input.rateLimitStore] : []),
      entries: () => [],
    } as KernelServices['points'],
  });
  t.teardown(() => http.drain());
  await http.follow(input.plugins);

  /** Asks and answers with status, headers and the body as JSON where it is JSON. */
  async function ask(request: InjectOptions & { host?: string }) {
    const { host = 'localhost', headers, ...rest } = request;
    const response = await http.inject({ ...rest, headers: { host, ...headers } });
    const isJson = response.body !== '' && /json/.test(String(response.headers['content-type']));
    return {
      status: response.statusCode,
      headers: response.headers,
      body: isJson ? response.json() : response.body,
      raw: response.rawPayload,
    };
  }
  return { http, ask, clock, lines, stores };
}

const errors = defineErrors({ TEST_ERR_FEATURE_OFF: ['No %s here', 403, 'public'] });

function refuseFeature(feature: string): never {
  throw new errors.TEST_ERR_FEATURE_OFF(feature, {
    details: { feature, store: current().store?.ref.handle },
  });
}

function logInto(lines: Line[]): KernelLog {
  const write = (level: string) => (details: Record<string, unknown>, message: string) => {
    lines.push({ level, details, message });
  };
  const log: KernelLog = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: () => log,
  };
  return log;
}
