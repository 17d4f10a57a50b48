import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import type { ConnectionTarget, KernelLog } from '../../kernel/parts.ts';
import { errors } from './errors.ts';
import { withLock } from './lock.ts';
import { findPlace, openHome, type Place, removeSocketFolder, SHARED_HOME } from './place.ts';
import { stopPostmaster } from './postmaster.ts';
import { reachServer } from './server.ts';

export type EmbeddedOptions = {
  /** Folder for data of this installation, e.g. `.kontor`; made when it is not there. */
  home: string;
  /** Folder of the data inside; `postgres` when left out. */
  name?: string;
  log?: Pick<KernelLog, 'warn' | 'error'>;
  /** false for tests: fast, and lost with the machine. */
  durable?: boolean;
};

export type Embedded = {
  readonly target: ConnectionTarget;
  /** Whether the server ran already, for another process or left over by a killed one. */
  readonly adopted: boolean;
  /** Leaves the server; the last one to leave stops it. */
  stop(): Promise<void>;
};

/**
 * Gives a PostgreSQL for the data of one home, on a unix socket and no port.
 *
 * Several processes may open the same home. Each keeps one connection, by which the server knows who still needs it,
 * however a process ends; and by which a process sees that the server was killed, and starts it again.
 *
 * @throws KERNEL_ERR_EMBEDDED_* with what was wanted, what came, and what to do
 * @example const { target, stop } = await openEmbedded({ home: '.kontor' });
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  if (process.platform === 'win32') throw new errors.KERNEL_ERR_EMBEDDED_PLATFORM('Windows');
  const home = openHome(options.home);
  const name = options.name ?? 'postgres';
  const lock = join(home, `${name}.lock`);
  const spare = process.getuid?.() === 0 ? SHARED_HOME : home;
  let place: Place;
  let keeper: Promise<Client | undefined>;
  let isStopping = false;

  const reach = () =>
    withLock(lock, async () => {
      place = findPlace({ home, name, durable: options.durable ?? true });
      const reached = await reachServer(place, spare);
      await makeDatabase(reached.client);
      watch(reached.client);
      return reached;
    });

  function watch(client: Client): void {
    (client as Keeper).unref(); // it must not keep a process alive that is otherwise done
    client.on('error', () => undefined); // told again by 'end'
    client.once('end', () => {
      if (!isStopping) keeper = revive();
    });
  }

  async function revive(): Promise<Client | undefined> {
    while (!isStopping) {
      options.log?.warn({ home }, 'The embedded PostgreSQL went away; starting it again');
      try {
        const { client } = await reach();
        options.log?.warn({ home }, 'The embedded PostgreSQL is back');
        return client;
      } catch (error) {
        options.log?.error({ home, err: error }, 'The embedded PostgreSQL could not be started again');
        await pause(5_000, undefined, { ref: false });
      }
    }
    return undefined;
  }

  const first = await reach();
  keeper = Promise.resolve(first.client);
  return {
    target: first.target,
    adopted: first.adopted,
    async stop() {
      if (isStopping) return;
      isStopping = true;
      const client = await keeper;
      (client as Keeper | undefined)?.ref();
      await withLock(lock, async () => {
        const isLast = client !== undefined && (await isAlone(client));
        await client?.end();
        if (!isLast) return;
        await stopPostmaster(place);
        removeSocketFolder(place);
      });
    },
  };
}

/** What the types of pg leave out. */
type Keeper = Client & { ref(): void; unref(): void };

async function makeDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query(`select from pg_database where datname = 'kontor'`);
  if (!rowCount) await client.query('create database kontor');
}

async function isAlone(client: Client): Promise<boolean> {
  const others = `select from pg_stat_activity where application_name = 'kontor keeper' and pid <> pg_backend_pid()`;
  return (await client.query(others)).rowCount === 0;
}
