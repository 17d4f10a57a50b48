import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { connectionTarget, createConfig, variables } from '../../scripts/config/index.ts';
import { configurationReference } from '../../scripts/reference/configuration.ts';

const KEY = 'ab'.repeat(32);
const refusal = (env: Record<string, string>) => {
  try {
    createConfig(env);
  } catch (error) {
    return error as Error & { code: string; details: { problems: string[] } };
  }
  throw new Error('Expected createConfig to refuse');
};

t.test('needs nothing set', async (t) => {
  const home = t.testdir();

  const { secrets, ...config } = createConfig({ KONTOR_HOME: home });

  t.equal(secrets[0]?.key.length, 32);
  t.same(config, {
    mode: 'development',
    home,
    hasDemo: true,
    role: 'all',
    http: {
      host: '127.0.0.1',
      port: 3000,
      platformDomain: 'localhost',
      platformOrigin: 'http://localhost:3000',
      trustedProxies: [],
      requestTimeout: 30000,
    },
    database: {
      url: undefined,
      directUrl: undefined,
      statements: 'direct',
      rolePrefix: 'kontor',
      poolSize: 10,
      statementTimeout: 30000,
      lockTimeout: 5000,
    },
    log: { level: 'info', pretty: true },
    plugins: { folders: [] },
    jobs: { concurrency: 5 },
  });
});

t.test('reads every variable', async (t) => {
  const config = createConfig({
    NODE_ENV: 'production',
    KONTOR_DEMO: 'off',
    HOST: '::',
    PORT: '8080',
    DATABASE_URL: 'postgres://a:b@db/kontor',
    DATABASE_DIRECT_URL: 'postgres://a:b@direct/kontor',
    KONTOR_DATABASE_STATEMENTS: 'pooled',
    KONTOR_DATABASE_ROLE_PREFIX: 'second',
    KONTOR_DATABASE_POOL: '20',
    KONTOR_STATEMENT_TIMEOUT: '1000',
    KONTOR_LOCK_TIMEOUT: '500',
    KONTOR_HOME: '/srv/kontor',
    KONTOR_SECRET: `1:${KEY},3:${Buffer.alloc(32, 7).toString('base64')}`,
    KONTOR_ROLE: 'web',
    KONTOR_PLATFORM_DOMAIN: 'Example.lu',
    KONTOR_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
    KONTOR_REQUEST_TIMEOUT: '2000',
    KONTOR_JOB_CONCURRENCY: '9',
    KONTOR_PLUGIN_FOLDERS: '/srv/a,/srv/b',
    KONTOR_LOG_LEVEL: 'warn',
    KONTOR_LOG_FORMAT: 'pretty',
  });

  t.same(config, {
    mode: 'production',
    home: '/srv/kontor',
    hasDemo: false,
    role: 'web',
    http: {
      host: '::',
      port: 8080,
      platformDomain: 'example.lu',
      platformOrigin: 'https://example.lu',
      trustedProxies: ['10.0.0.0/8', '::1'],
      requestTimeout: 2000,
    },
    database: {
      url: 'postgres://a:b@db/kontor',
      directUrl: 'postgres://a:b@direct/kontor',
      statements: 'pooled',
      rolePrefix: 'second',
      poolSize: 20,
      statementTimeout: 1000,
      lockTimeout: 500,
    },
    secrets: [
      { id: 3, key: Buffer.alloc(32, 7) },
      { id: 1, key: Buffer.from(KEY, 'hex') },
    ],
    log: { level: 'warn', pretty: true },
    plugins: { folders: ['/srv/a', '/srv/b'] },
    jobs: { concurrency: 9 },
  });
});

t.test('leaves the demo out where it is told to', async (t) => {
  t.equal(createConfig({ KONTOR_HOME: t.testdir(), KONTOR_DEMO: 'off' }).hasDemo, false);
});

t.test('names everything that is wrong at once, with what was wanted, what came, and the fix', async (t) => {
  const error = refusal({
    PORT: 'abc',
    KONTOR_ROLE: 'wokrer',
    KONTOR_HOEM: '/srv',
    KONTOR_XYZZY: '1',
    KONTOR_TRUSTED_PROXIES: '10.0.0.0/40',
    KONTOR_PLATFORM_ORIGIN: 'https://elsewhere.lu',
    DATABASE_DIRECT_URL: 'postgres://a:b@direct/kontor',
  });

  t.equal(error.code, 'KERNEL_ERR_CONFIG');
  t.same(error.details.problems, [
    'KONTOR_HOEM is not known: did you mean KONTOR_HOME?',
    'KONTOR_XYZZY is not known: remove it',
    "PORT: wanted a whole number from 0 to 65535, got 'abc'; for example PORT=8080",
    "KONTOR_ROLE: wanted one of all, web, worker, got 'wokrer'; for example KONTOR_ROLE=worker",
    "KONTOR_TRUSTED_PROXIES: wanted IP addresses or networks, parted by commas, got '10.0.0.0/40'; for example KONTOR_TRUSTED_PROXIES=10.0.0.0/8, 192.168.1.7",
    'DATABASE_DIRECT_URL is set without DATABASE_URL: set both, or neither',
    "KONTOR_PLATFORM_ORIGIN: wanted an address on localhost (KONTOR_PLATFORM_DOMAIN), got 'https://elsewhere.lu'",
  ]);
  for (const problem of error.details.problems) t.match(error.message, problem);
});

t.test('never shows a secret value that is wrong', async (t) => {
  const error = refusal({ KONTOR_SECRET: 'hunter2', DATABASE_URL: 'mysql://root:hunter2@db' });

  t.equal(error.details.problems.length, 2);
  t.notMatch(error.message, /hunter2/);
});

t.test('takes an empty variable as not set', async (t) => {
  const config = createConfig({ KONTOR_HOME: t.testdir(), PORT: '', DATABASE_URL: ' ' });

  t.equal(config.http.port, 3000);
  t.equal(config.database.url, undefined);
});

t.test('is frozen all the way down', async (t) => {
  const config = createConfig({ KONTOR_HOME: t.testdir() });

  t.throws(() => Object.assign(config.http, { port: 1 }), TypeError);
  t.throws(() => Object.assign(config.secrets[0]!, { id: 2 }), TypeError);
});

t.test('makes a secret once, for its owner only', async (t) => {
  const home = join(t.testdir(), 'not', 'there', 'yet');

  const first = createConfig({ KONTOR_HOME: home }).secrets;
  const second = createConfig({ KONTOR_HOME: home }).secrets;

  t.same(second, first);
  t.equal(statSync(join(home, 'secret')).mode & 0o777, 0o600);
});

t.test('says so when the file with the secret holds something else', async (t) => {
  const home = t.testdir({ secret: 'nonsense' });

  t.same(refusal({ KONTOR_HOME: home }).details.problems, [
    `${join(home, 'secret')} does not hold a secret: restore it, or set KONTOR_SECRET`,
  ]);
});

t.test('says so when the home cannot be a folder', async (t) => {
  const home = join(t.testdir({ file: '' }), 'file');

  t.match(
    refusal({ KONTOR_HOME: home }).message,
    /KONTOR_HOME: wanted a folder to keep a secret in, got .*file/,
  );
});

t.test('refuses production on a shared database without a secret', async (t) => {
  const env = { NODE_ENV: 'production', DATABASE_URL: 'postgres://a:b@db/kontor', KONTOR_HOME: t.testdir() };

  t.match(refusal(env).message, /KONTOR_SECRET: wanted in production.*openssl rand -hex 32/);
  t.equal(createConfig({ ...env, KONTOR_SECRET: KEY }).secrets[0]?.id, 1);
});

t.test('reads where a database address leads', async (t) => {
  t.same(connectionTarget('postgres://ada:p%40ss@db.example:5433/shop?sslmode=verify-full'), {
    host: 'db.example',
    port: 5433,
    user: 'ada',
    password: 'p@ss',
    database: 'shop',
    ssl: { rejectUnauthorized: true },
  });
  t.same(connectionTarget('postgresql://localhost/shop?host=/run/postgresql'), {
    host: '/run/postgresql',
    port: 5432,
    user: 'postgres',
    database: 'shop',
    ssl: false,
  });
});

t.test('every example of the table is a value that is taken', async (t) => {
  for (const [name, variable] of Object.entries(variables)) {
    if (name === 'KONTOR_SECRET') continue; // an example of a secret would be used as one
    t.not(variable.parse(variable.example), undefined, name);
  }
});

t.test('docs/reference/configuration.md is what the table says', async (t) => {
  const file = new URL('../../docs/reference/configuration.md', import.meta.url);

  t.equal(readFileSync(file, 'utf8'), configurationReference(), 'renew it by: npm run gen:reference');
});
