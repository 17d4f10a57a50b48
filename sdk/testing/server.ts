import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { connectionTarget } from '../../scripts/config/index.ts';
import { openEmbedded } from '../../scripts/embedded/index.ts';
import type { ConnectionTarget } from '../../kernel/parts.ts';

const root = new URL('../../', import.meta.url);

/** There while `before.ts` and `after.ts` hold the server for a whole run. */
export const runFile = fileURLToPath(new URL('.tap/server.json', root));

/** The embedded server of the tests: fast, and not durable. Data and templates stay for the next run. */
export const openTestServer = () =>
  openEmbedded({ home: fileURLToPath(new URL('.kontor/test', root)), durable: false });

let opened: Promise<ConnectionTarget> | undefined;

/**
 * The PostgreSQL that tests use, with the administrator's login: the one of KONTOR_TEST_DATABASE_URL if that is set,
 * else the embedded one. A test that runs by hand starts it, and stops it at its end when nobody else needs it.
 */
export function testServer(): Promise<ConnectionTarget> {
  opened ??= open();
  return opened;
}

async function open(): Promise<ConnectionTarget> {
  const url = process.env.KONTOR_TEST_DATABASE_URL;
  if (url) return connectionTarget(url);
  const { target, stop } = await openTestServer();
  if (!existsSync(runFile)) process.once('beforeExit', () => void stop());
  return target;
}
