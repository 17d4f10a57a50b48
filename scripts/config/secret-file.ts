import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../kernel/parts.ts';
import { secrets } from './parsers.ts';

/**
 * The secret of an installation that was given none: made once, readable by its owner only.
 *
 * @returns undefined when the file holds something else
 */
export function secretFile(home: string): Config['secrets'] | undefined {
  const file = join(home, 'secret');
  if (!existsSync(file)) make(home, file);
  return secrets.parse(readFileSync(file, 'utf8'));
}

/** Written beside and linked: of two processes at their first start one wins, and none reads half a secret. */
function make(home: string, file: string): void {
  mkdirSync(home, { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, `1:${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft);
  }
}
