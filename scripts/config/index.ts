import { join, resolve } from 'node:path';
import type { Config } from '../../kernel/parts.ts';
import { errors } from './errors.ts';
import { readVariables } from './read.ts';
import { secretFile } from './secret-file.ts';
import type { Values } from './variables.ts';

export { connectionTarget } from './target.ts';
export { variables } from './variables.ts';

/**
 * The environment, checked: one frozen object, or one error that names everything wrong at once.
 *
 * Without KONTOR_SECRET the secret is read from `{home}/secret`, which is made when it is not there.
 *
 * @throws KERNEL_ERR_CONFIG
 * @example createConfig(process.env)
 */
export function createConfig(env: NodeJS.ProcessEnv): Config {
  const { values, problems } = readVariables(env);
  const home = values.KONTOR_HOME ?? resolve('.kontor');
  const secrets = problems.length === 0 ? findSecrets({ values, home, problems }) : [];
  if (problems.length > 0) {
    throw new errors.KERNEL_ERR_CONFIG(problems.map((problem) => `- ${problem}`).join('\n'), {
      details: { problems },
    });
  }
  return freeze(assemble({ values, home, secrets }));
}

function findSecrets(input: { values: Values; home: string; problems: string[] }): Config['secrets'] {
  const { values, home, problems } = input;
  if (values.KONTOR_SECRET) return values.KONTOR_SECRET;
  if (values.NODE_ENV === 'production' && values.DATABASE_URL) {
    problems.push(
      'KONTOR_SECRET: wanted in production, since every node needs the same one; make it by `openssl rand -hex 32` and keep it safe',
    );
    return [];
  }
  try {
    const found = secretFile(home);
    if (!found)
      problems.push(`${join(home, 'secret')} does not hold a secret: restore it, or set KONTOR_SECRET`);
    return found ?? [];
  } catch (error) {
    problems.push(
      `KONTOR_HOME: wanted a folder to keep a secret in, got ${home} (${(error as Error).message})`,
    );
    return [];
  }
}

function assemble(input: { values: Values; home: string; secrets: Config['secrets'] }): Config {
  const { values, home, secrets } = input;
  const mode = values.NODE_ENV ?? 'development';
  const port = values.PORT ?? 3000;
  const platformDomain = (values.KONTOR_PLATFORM_DOMAIN ?? 'localhost').toLowerCase();
  return {
    mode,
    home,
    hasDemo: mode === 'development' && values.KONTOR_DEMO !== 'off',
    role: values.KONTOR_ROLE ?? 'all',
    http: {
      host: values.HOST ?? (mode === 'production' ? '0.0.0.0' : '127.0.0.1'),
      port,
      platformDomain,
      platformOrigin: values.KONTOR_PLATFORM_ORIGIN ?? originOf(platformDomain, port),
      trustedProxies: values.KONTOR_TRUSTED_PROXIES ?? [],
      requestTimeout: values.KONTOR_REQUEST_TIMEOUT ?? 30_000,
    },
    database: {
      url: values.DATABASE_URL,
      directUrl: values.DATABASE_DIRECT_URL ?? values.DATABASE_URL,
      statements: values.KONTOR_DATABASE_STATEMENTS ?? 'direct',
      rolePrefix: values.KONTOR_DATABASE_ROLE_PREFIX ?? 'kontor',
      poolSize: values.KONTOR_DATABASE_POOL ?? 10,
      statementTimeout: values.KONTOR_STATEMENT_TIMEOUT ?? 30_000,
      lockTimeout: values.KONTOR_LOCK_TIMEOUT ?? 5_000,
    },
    secrets,
    log: {
      level: values.KONTOR_LOG_LEVEL ?? (mode === 'test' ? 'silent' : 'info'),
      pretty: values.KONTOR_LOG_FORMAT ? values.KONTOR_LOG_FORMAT === 'pretty' : mode === 'development',
    },
    plugins: { folders: values.KONTOR_PLUGIN_FOLDERS ?? [] },
    jobs: { concurrency: values.KONTOR_JOB_CONCURRENCY ?? 5 },
  };
}

function originOf(domain: string, port: number): string {
  if (domain !== 'localhost' && !domain.endsWith('.localhost')) return `https://${domain}`;
  return port === 80 ? `http://${domain}` : `http://${domain}:${port}`;
}

function freeze<Value>(value: Value): Value {
  // The bytes of a buffer cannot be frozen.
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
}
