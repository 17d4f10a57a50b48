import type { StoreRef } from 'kontor/sdk';
import { type StoreContext, within } from '../../kernel/context.ts';
import type { Kernel } from '../../kernel/parts.ts';

/** What came back. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  /** Parsed when it is JSON, text otherwise. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads into it freely
  readonly body: any;
};

type Call = (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** Someone who calls the kernel over HTTP, with their cookie or key and whatever else a browser would send. */
export type Client = {
  get: Call;
  post: Call;
  put: Call;
  patch: Call;
  delete: Call;
  readonly headers: Readonly<Record<string, string>>;
};

/**
 * People and programs that a test calls as; each gets a client that sends what their browser or key would.
 */
export type Clients = {
  /** Nobody in particular, on the platform's host or on a store's. */
  anonymous(store?: 'a' | 'b'): Client;
  admin(): Promise<Client & { userId: number }>;
  /** A member of a store's team in a role; `owner('a')` is the same as `member('a', 'owner')`. */
  member(store: 'a' | 'b', role: string): Promise<Client & { userId: number }>;
  owner(store: 'a' | 'b'): Promise<Client & { userId: number }>;
  /** Someone who is signed in and works for nobody here. */
  stranger(): Promise<Client & { userId: number }>;
  customer(store: 'a' | 'b'): Promise<Client & { customerId: number }>;
  apiKey(store: 'a' | 'b', scopes: readonly string[]): Promise<Client & { secret: string }>;
};

const PASSWORD = 'correct horse battery';

/** Makes people and their ways in; each name gives the same person again. */
export function createClients({
  kernel,
  stores,
}: {
  kernel: Kernel;
  stores: { a: StoreRef; b: StoreRef };
}): Clients {
  const { auth, tenancy, http, config } = kernel;
  const platformHost = new URL(config.http.platformOrigin).host;
  const people = new Map<string, Promise<Client & { userId: number }>>();
  let count = 0;

  function client(host: string, headers: Record<string, string>): Client {
    const call =
      (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'): Call =>
      async (path, body, more = {}) => {
        const answer = await http.inject({
          method,
          url: path,
          headers: { host, ...headers, ...more },
          ...(body === undefined ? {} : { payload: body as object }),
        });
        const isJson = String(answer.headers['content-type'] ?? '').includes('json');
        return {
          status: answer.statusCode,
          headers: answer.headers,
          body: isJson && answer.body ? answer.json() : answer.body,
        };
      };
    return {
      get: call('GET'),
      post: call('POST'),
      put: call('PUT'),
      patch: call('PATCH'),
      delete: call('DELETE'),
      headers,
    };
  }

  async function inStore<Value>(store: 'a' | 'b', work: () => Promise<Value>): Promise<Value> {
    return within({ store: (await tenancy.byId(stores[store].id)) as StoreContext }, work);
  }

  async function person(isAdmin: boolean): Promise<Client & { userId: number }> {
    count += 1;
    const email = `person-${count}@example.lu`;
    const user = await auth.users.create({ email, name: `Person ${count}`, password: PASSWORD, isAdmin });
    if (!user.ok) throw new Error(`No user: ${user.refusal}`);
    return { ...(await signedIn(auth.users, { email, host: platformHost })), userId: user.value.id };
  }

  /** Signs in with what every person of a test has, and gives what their browser would send from then on. */
  async function signedIn(
    people: Pick<typeof auth.users, 'signIn'> | Pick<typeof auth.customers, 'signIn'>,
    { email, host }: { email: string; host: string },
  ): Promise<Client> {
    const session = await people.signIn({ email, password: PASSWORD, ip: '127.0.0.1', userAgent: 'test' });
    if (!session.ok) throw new Error(`No session: ${session.refusal}`);
    const { token, csrfToken } = session.value;
    const name = http.sessionCookies[host === platformHost ? 'platform' : 'store'];
    const origin = `${new URL(config.http.platformOrigin).protocol}//${host}`;
    return client(host, { cookie: `${name}=${token}`, 'x-csrf-token': csrfToken, origin });
  }

  function known(name: string, make: () => Promise<Client & { userId: number }>) {
    const found = people.get(name) ?? make();
    people.set(name, found);
    return found;
  }

  const member = (store: 'a' | 'b', role: string) =>
    known(`${role} of ${store}`, async () => {
      const made = await person(false);
      const added = await inStore(store, () => auth.team.add({ userId: made.userId, role }));
      if (!added.ok) throw new Error(`No member: ${added.refusal}`);
      return made;
    });

  return {
    anonymous: (store) => client(store ? stores[store].host : platformHost, {}),
    admin: () => known('admin', () => person(true)),
    member,
    owner: (store) => member(store, 'owner'),
    stranger: () => known('stranger', () => person(false)),
    async customer(store) {
      count += 1;
      const email = `customer-${count}@example.lu`;
      return inStore(store, async () => {
        const customer = await auth.customers.register({ email, password: PASSWORD });
        if (!customer.ok) throw new Error(`No customer: ${customer.refusal}`);
        const browser = await signedIn(auth.customers, { email, host: stores[store].host });
        return { ...browser, customerId: customer.value.id };
      });
    },
    async apiKey(store, scopes) {
      const key = await inStore(store, () => auth.team.createApiKey({ name: 'a test', scopes }));
      if (!key.ok) throw new Error(`No key: ${key.refusal} ${JSON.stringify(key.details)}`);
      return {
        ...client(platformHost, { authorization: `Bearer ${key.value.secret}` }),
        secret: key.value.secret,
      };
    },
  };
}
