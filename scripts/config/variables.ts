import {
  addresses,
  databaseUrl,
  folder,
  folders,
  matching,
  oneOf,
  origin,
  type Parser,
  secrets,
  wholeNumber,
} from './parsers.ts';

export type Variable<Value = unknown> = Parser<Value> & {
  /** What it is good for, one sentence. */
  readonly purpose: string;
  /** What counts when it is not set, in words a reader of the reference understands. */
  readonly fallback: string;
  readonly unit?: string;
  readonly example: string;
  /** Its value is never shown. */
  readonly isSecret?: boolean;
};

function variable<Value>(
  parser: Parser<Value>,
  about: Omit<Variable<Value>, keyof Parser<Value>>,
): Variable<Value> {
  return { ...parser, ...about };
}

const timeout = wholeNumber(100, 3_600_000);
const host = matching('a host name or an IP address', /^[a-z0-9.:-]+$/i);

/** Every variable that Kontor reads. */
export const variables = {
  NODE_ENV: variable(oneOf('development', 'production', 'test'), {
    purpose: 'What the process is for: readable logs and a made-up secret, or neither.',
    fallback: 'development',
    example: 'production',
  }),
  KONTOR_DEMO: variable(oneOf('on', 'off'), {
    purpose: 'Whether an empty platform in development is furnished with shops that sell.',
    fallback: 'on',
    example: 'off',
  }),
  HOST: variable(host, {
    purpose: 'Address to listen on.',
    fallback: '127.0.0.1, in production 0.0.0.0',
    example: '0.0.0.0',
  }),
  PORT: variable(wholeNumber(0, 65_535), {
    purpose: 'Port to listen on; 0 takes a free one.',
    fallback: '3000',
    example: '8080',
  }),
  DATABASE_URL: variable(databaseUrl, {
    purpose: "The administrator's login to a PostgreSQL 15 or later.",
    fallback: 'the PostgreSQL that comes along, with its data in KONTOR_HOME',
    example: 'postgres://postgres:password@127.0.0.1:5432/kontor',
    isSecret: true,
  }),
  DATABASE_DIRECT_URL: variable(databaseUrl, {
    purpose: 'The same past a pooling proxy, for LISTEN, locks and migrations.',
    fallback: 'DATABASE_URL',
    example: 'postgres://postgres:password@127.0.0.1:5433/kontor',
    isSecret: true,
  }),
  KONTOR_DATABASE_STATEMENTS: variable(oneOf('direct', 'pooled'), {
    purpose: 'How statements travel: straight to the server, or through a pooling proxy in transaction mode.',
    fallback: 'direct',
    example: 'pooled',
  }),
  KONTOR_DATABASE_ROLE_PREFIX: variable(
    matching('up to 20 small letters, digits and _, a letter first', /^[a-z][a-z0-9_]{0,19}$/),
    {
      purpose: 'How the names of database roles begin; two installations on one server need two.',
      fallback: 'kontor',
      example: 'kontor_staging',
    },
  ),
  KONTOR_DATABASE_POOL: variable(wholeNumber(1, 500), {
    purpose: 'The most connections this process keeps for requests and jobs.',
    fallback: '10',
    unit: 'connections',
    example: '20',
  }),
  KONTOR_STATEMENT_TIMEOUT: variable(timeout, {
    purpose: 'How long a statement may run.',
    fallback: '30000',
    unit: 'milliseconds',
    example: '10000',
  }),
  KONTOR_LOCK_TIMEOUT: variable(timeout, {
    purpose: 'How long a statement may wait for a lock.',
    fallback: '5000',
    unit: 'milliseconds',
    example: '2000',
  }),
  KONTOR_HOME: variable(folder, {
    purpose: 'Folder for data of this installation: embedded database, media, secret.',
    fallback: '.kontor in the folder that the process was started in',
    example: '/var/lib/shop',
  }),
  KONTOR_SECRET: variable(secrets, {
    purpose:
      'From it come the keys for tokens, passwords of roles and sealed settings; older ones open what they sealed.',
    fallback:
      'the file `secret` in KONTOR_HOME, made at the first start; production with DATABASE_URL needs it set',
    unit: '32 bytes',
    example: '2:k3Xo…,1:9vQd… (make one by: openssl rand -hex 32)',
    isSecret: true,
  }),
  KONTOR_ROLE: variable(oneOf('all', 'web', 'worker'), {
    purpose: 'Whether this process answers requests, works off jobs and events, or both.',
    fallback: 'all',
    example: 'worker',
  }),
  KONTOR_PLATFORM_DOMAIN: variable(host, {
    purpose: 'Domain the platform answers on; stores are its subdomains.',
    fallback: 'localhost',
    example: 'example.lu',
  }),
  KONTOR_PLATFORM_ORIGIN: variable(origin, {
    purpose: 'The platform as the outside sees it, for links.',
    fallback: 'https and KONTOR_PLATFORM_DOMAIN; for localhost http with PORT',
    example: 'https://example.lu',
  }),
  KONTOR_TRUSTED_PROXIES: variable(addresses, {
    purpose: 'Proxies whose forwarded headers are believed.',
    fallback: 'none',
    example: '10.0.0.0/8, 192.168.1.7',
  }),
  KONTOR_REQUEST_TIMEOUT: variable(timeout, {
    purpose: 'How long a request may take, and how long a stopping process waits for those that run.',
    fallback: '30000',
    unit: 'milliseconds',
    example: '10000',
  }),
  KONTOR_JOB_CONCURRENCY: variable(wholeNumber(1, 200), {
    purpose: 'How many jobs one process runs at the same time.',
    fallback: '5',
    unit: 'jobs',
    example: '20',
  }),
  KONTOR_PLUGIN_FOLDERS: variable(folders, {
    purpose: 'Further folders that hold plugins, or are one.',
    fallback: 'none: plugins/ and packages in node_modules',
    example: '../our-plugins, /srv/plugins/loyalty',
  }),
  KONTOR_LOG_LEVEL: variable(oneOf('debug', 'info', 'warn', 'error', 'silent'), {
    purpose: 'The least important lines that are logged.',
    fallback: 'info, in tests silent',
    example: 'debug',
  }),
  KONTOR_LOG_FORMAT: variable(oneOf('pretty', 'json'), {
    purpose: 'Lines for people or for machines.',
    fallback: 'pretty in development, else json',
    example: 'json',
  }),
  KONTOR_TEST_DATABASE_URL: variable(databaseUrl, {
    purpose: 'The PostgreSQL that `npm test` uses. The process itself does not read it.',
    fallback: 'the PostgreSQL that comes along, with its data in .kontor/test',
    example: 'postgres://postgres:password@127.0.0.1:5432/postgres',
    isSecret: true,
  }),
};

export type VariableName = keyof typeof variables;
/** What was set, parsed. */
export type Values = {
  readonly [Name in VariableName]?: (typeof variables)[Name] extends Variable<infer Value> ? Value : never;
};
