import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../kernel/parts.ts';
import { freePort } from './free-port.ts';

/** One line of the report. With a `fix` it is a problem. */
export type Check = { readonly name: string; readonly found: string; readonly fix?: string };

export function checkNode(): Check {
  const found = `Node ${process.versions.node} at ${process.execPath}`;
  if (Number(process.versions.node.split('.')[0]) >= 24) return { name: 'node', found };
  return { name: 'node', found, fix: 'run npm install again, or install Node 24 or later' };
}

export function checkHome({ home }: Config): Check {
  try {
    mkdirSync(home, { recursive: true });
    accessSync(home, constants.W_OK);
    return { name: 'home', found: `${home} can be written to` };
  } catch (error) {
    return { name: 'home', found: (error as Error).message, fix: 'choose another folder by KONTOR_HOME' };
  }
}

export function checkSecret({ home, secrets }: Config): Check {
  const file = join(home, 'secret');
  const name = 'secret';
  if (process.env.KONTOR_SECRET) return { name, found: `${secrets.length} in KONTOR_SECRET` };
  const isOpen = existsSync(file) && (statSync(file).mode & 0o077) !== 0;
  if (isOpen)
    return {
      name,
      found: `${file} can be read by others`,
      fix: `chmod 600 '${file}', and consider it known`,
    };
  return { name, found: `in ${file}; a backup needs it as well as the database` };
}

export async function checkPort({ http }: Config): Promise<Check> {
  try {
    return { name: 'port', found: `${await freePort(http)} on ${http.host} is free` };
  } catch (error) {
    const answer = await fetch(`http://${http.host}:${http.port}/livez`, {
      signal: AbortSignal.timeout(2_000),
    }).catch(() => undefined);
    if (answer?.ok)
      return { name: 'port', found: `${http.port} on ${http.host} is answered by a running Kontor` };
    return { name: 'port', found: (error as Error).message, fix: 'set PORT or HOST to one that is free' };
  }
}
