import type { ConnectionTarget } from '../../kernel/parts.ts';

const PORT = 5432;

/**
 * Where a database address leads. `?host=/folder` names the folder of a unix socket; `?sslmode=` is `disable` (default),
 * `require`, which takes any certificate as libpq does, or `verify-full`.
 *
 * @param url - checked by `createConfig`
 */
export function connectionTarget(address: string): ConnectionTarget {
  const url = new URL(address);
  const sslMode = url.searchParams.get('sslmode') ?? 'disable';
  const isPlain = ['disable', 'allow', 'prefer'].includes(sslMode);
  return {
    host:
      url.searchParams.get('host') ??
      (decodeURIComponent(url.hostname).replace(/^\[|\]$/g, '') || 'localhost'),
    port: Number(url.port || PORT),
    user: decodeURIComponent(url.username || 'postgres'),
    ...(url.password ? { password: decodeURIComponent(url.password) } : {}),
    database: decodeURIComponent(url.pathname.slice(1)),
    ssl: isPlain ? false : { rejectUnauthorized: sslMode.startsWith('verify') },
  };
}
