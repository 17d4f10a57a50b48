import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { errors } from './errors.ts';

/** The user PostgreSQL runs as. It refuses to run as root; empty is the user of this process. */
export type Identity = { readonly uid?: number; readonly gid?: number };

/** Where one embedded server keeps its things. */
export type Place = {
  readonly identity: Identity;
  /** PostgreSQL's data folder, free of links; made by `initialise`. */
  readonly data: string;
  readonly logFile: string;
  /** Short, because the path of a socket has 107 bytes at most. */
  readonly socketFolder: string;
  readonly durable: boolean;
};

/** For root, when its own folders cannot be passed by the user that PostgreSQL runs as. */
export const SHARED_HOME = '/var/lib/kontor';

const own = process.getuid?.() ?? 0;

/** Makes the home, if need be, and finds the data folder and the user for it. */
export function openHome(home: string): string {
  try {
    mkdirSync(home, { recursive: true });
    accessSync(home, constants.W_OK);
    return realpathSync(home);
  } catch (error) {
    throw new errors.KERNEL_ERR_EMBEDDED_HOME(own, home, (error as Error).message, { cause: error });
  }
}

/** @param home - made by `openHome` */
export function findPlace(input: { home: string; name: string; durable: boolean }): Place {
  const { home, name, durable } = input;
  const link = join(home, name);
  const identity = identityFor(link);
  const data = own === 0 ? dataOfRoot({ home, link, identity }) : link;
  const hash = createHash('sha1')
    .update(`${identity.uid ?? own}:${data}`)
    .digest('hex')
    .slice(0, 10);
  const sockets = tmpdir().length < 80 && canEnter(tmpdir(), identity) ? tmpdir() : '/tmp';
  return {
    identity,
    data,
    logFile: join(home, `${name}.log`),
    socketFolder: join(sockets, `k-${hash}`),
    durable,
  };
}

/** Makes the folder of the sockets anew; whoever can enter it is the database's administrator. */
export function makeSocketFolder(place: Place): void {
  const { socketFolder, identity } = place;
  try {
    removeSocketFolder(place);
    mkdirSync(socketFolder, { mode: 0o700 }); // fails where somebody else was faster
    give(socketFolder, identity);
  } catch (error) {
    throw new errors.KERNEL_ERR_EMBEDDED_SOCKET(socketFolder, (error as Error).message, { cause: error });
  }
}

/** Never somebody else's: in theirs, root could be led to remove what it did not mean to. */
export function removeSocketFolder({ socketFolder, identity }: Place): void {
  const found = lstatSync(socketFolder, { throwIfNoEntry: false });
  const isOurs = found?.isDirectory() && [own, identity.uid].includes(found.uid);
  if (isOurs) rmSync(socketFolder, { recursive: true, force: true });
}

/** A folder of its own for the user of the server. */
export function give(folder: string, { uid, gid }: Identity): void {
  chmodSync(folder, 0o700);
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
}

/** Data that are there already belong to somebody; else root steps down to `postgres` or `nobody`. */
function identityFor(link: string): Identity {
  const owner = existsSync(link) ? statSync(link) : undefined;
  if (owner && own !== 0 && owner.uid !== own) {
    throw new errors.KERNEL_ERR_EMBEDDED_OWNER(link, owner.uid, own);
  }
  if (own !== 0) return {};
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return namedUser('postgres') ?? namedUser('nobody') ?? { uid: 65534, gid: 65534 };
}

function namedUser(name: string): Identity | undefined {
  try {
    const ask = (flag: string) =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    return undefined;
  }
}

/**
 * The home itself where the server's user can enter it, else a folder under /var/lib with a link in the home. The link
 * decides from then on: a moved home keeps its data, a copied one gets its own, a removed one leaves none to be found.
 */
function dataOfRoot(input: { home: string; link: string; identity: Identity }): string {
  const { home, link, identity } = input;
  const isLink = lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (isLink && !isCopied(link)) return readlinkSync(link);
  if (!isLink && canEnter(home, identity)) return link;
  if (!isLink && existsSync(link)) throw new errors.KERNEL_ERR_EMBEDDED_REACH(identity.uid, link);
  mkdirSync(SHARED_HOME, { recursive: true, mode: 0o755 });
  const folder = mkdtempSync(join(SHARED_HOME, `${basename(dirname(home)).replaceAll(/\W/g, '-')}-`));
  chmodSync(folder, 0o755);
  const data = join(folder, basename(link));
  writeFileSync(join(folder, 'home'), link);
  rmSync(link, { force: true });
  symlinkSync(data, link);
  return data;
}

/** Whether this link came here by copying a home whose own link is still in use. Notes where it is now, when not. */
function isCopied(link: string): boolean {
  const data = readlinkSync(link);
  const note = join(dirname(data), 'home');
  if (!existsSync(note)) return !existsSync(data);
  const home = readFileSync(note, 'utf8');
  if (home === link) return false;
  const other = lstatSync(home, { throwIfNoEntry: false });
  if (other?.isSymbolicLink() && readlinkSync(home) === data) return true;
  writeFileSync(note, link);
  return false;
}

/** Asks the system rather than reading modes, which do not tell of access lists. */
function canEnter(folder: string, identity: Identity): boolean {
  if (identity.uid === undefined) return true;
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...identity, cwd: '/' }).status === 0;
}
