import pg from 'pg';
import { Sequelize, Transaction } from 'sequelize';
import { current } from '../context.ts';
import type { ConnectionTarget } from '../parts.ts';
import { unreachable } from './errors.ts';
import { createPlaces } from './places.ts';
import type { SqlClient } from './scoped-client.ts';

/** Connections of one login, under Sequelize, so that models, transactions and bare reads share them. */
export type Pool = ReturnType<typeof createPool>;

type ConnectionManager = {
  getConnection(options: { type: string }): Promise<SqlClient>;
  releaseConnection(client: SqlClient): void;
};
type PreparedClient = { prepareScope?(): Promise<void> };

const ACQUIRE_WITHIN = 10_000; // ms; longer means the pool is too small, and an error says more than waiting
const IDLE_FOR = 30_000; // ms
const INT8 = 20;

// A model called inside transaction() joins it by itself. Sequelize asks this whenever no transaction was passed.
Sequelize.useCLS({
  bind: (work: unknown) => work,
  run: (work: (store: unknown) => unknown) => work({}),
  get: (key: string) => (key === 'transaction' ? current().transaction?.forModels : undefined),
  set: () => undefined,
} as unknown as object);

export function createPool(options: { target: ConnectionTarget; max: number; client: typeof pg.Client }) {
  const { target } = options;
  const sequelize = new Sequelize({
    dialect: 'postgres',
    dialectModule: { ...pg, types: { ...pg.types, getTypeParser: typeParser }, Client: options.client },
    host: target.host,
    ...(target.port === undefined ? {} : { port: target.port }),
    username: target.user,
    ...(target.password === undefined ? {} : { password: target.password }),
    database: target.database,
    // Sequelize would otherwise send two statements in one message at connect, which the extended protocol refuses.
    dialectOptions: {
      application_name: 'kontor',
      clientMinMessages: 'ignore',
      ...(target.ssl ? { ssl: target.ssl } : {}),
    },
    pool: { max: options.max, min: 0, acquire: ACQUIRE_WITHIN, idle: IDLE_FOR },
    logging: false,
    keepDefaultTimezone: true,
  } as unknown as object);
  sequelize.addHook('afterConnect', async (connection: unknown) =>
    (connection as PreparedClient).prepareScope?.(),
  );
  const manager = sequelize.connectionManager as unknown as ConnectionManager;
  const places = createPlaces({ count: Math.max(1, options.max - 1), patience: ACQUIRE_WITHIN });
  /** For one statement. Whoever holds it waits for nothing else. */
  const acquire = () =>
    manager.getConnection({ type: 'write' }).catch((cause: unknown) => {
      throw unreachable(target, cause);
    });
  const release = (client: SqlClient) => manager.releaseConnection(client);
  return {
    sequelize,
    acquire,
    release,
    /**
     * The same for a transaction. They never have all connections: what is looked up apart from an open transaction, such
     * as a store for a cache, finds one, or as many transactions as there are connections would wait for one another.
     */
    async acquireLong(): Promise<SqlClient> {
      await places.take();
      return acquire().catch((error: unknown) => {
        places.giveBack();
        throw error;
      });
    },
    releaseLong(client: SqlClient): void {
      release(client);
      places.giveBack();
    },
    /** The error of a statement, said as what it is when the connection was lost. */
    explained: (error: unknown) => unreachable(target, error),
    /** Sequelize's view of a transaction that was begun on this client. */
    modelTransaction: (client: SqlClient) =>
      Object.assign(new Transaction(sequelize, {}), { connection: client }),
    close: () => sequelize.close(),
  };
}

/** Days as text, whole numbers of the database as numbers: ids are, as themes expect. One past 2^53 is refused, not rounded. */
export function typeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (oid === INT8 && format !== 'binary') return wholeNumber;
  if (oid === pg.types.builtins.DATE) return (text) => text; // a day has no time zone; a Date would give it this machine's
  return pg.types.getTypeParser(oid, format as 'text');
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`Expected a whole number within 2^53, got ${text}`);
  return value;
}
