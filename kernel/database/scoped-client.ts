import { createRequire } from 'node:module';
import pg from 'pg';

/* All scoping happens here; look no further.
 * Each statement carries its store and role: Bind and Execute of set_config come before it, one Sync after both. One
 * flight, one implicit transaction, nothing remembered on the connection, so nothing left over for the next request. */

/** `token` is empty without a store, and still sent: a value left by an injected statement must not be served. */
export type Scope = { readonly token: string; readonly role: string };

export type Statement = {
  text: string;
  values?: unknown[];
  name?: string;
  /** Runs under the kernel's role, whatever plugin is being run. */
  asKernel?: boolean;
};

export type SqlResult = { rows: Record<string, unknown>[]; rowCount: number | null; command: string };
export type SqlClient = { query(statement: Statement | string): Promise<SqlResult> };

const SCOPE_NAME = 'kontor_scope';
const SCOPE_TEXT = "select set_config('kontor.store', $1, true), set_config('role', $2, true)";
// They read no table, and fail or change meaning when a statement precedes them.
const BARE = /^\s*(start transaction|begin|commit|rollback|savepoint|release savepoint|set transaction)\b/i;

const { prepareValue } = createRequire(import.meta.url)('pg/lib/utils') as {
  prepareValue(value: unknown): unknown;
};

type Connection = {
  stream: { cork(): void; uncork(): void };
  parse(message: { name: string; text: string }): void;
  bind(message: { statement: string; values: unknown[]; valueMapper: (value: unknown) => unknown }): void;
  execute(message: { portal: string }): void;
};

// pg declares no types for what a Query does on the wire. The versions are pinned and the tests hold them.
type WireQuery = {
  text: string;
  name: string | undefined;
  queryMode: string | undefined;
  callback: ((error: Error | null, result?: unknown) => void) | undefined;
  prepare(connection: Connection): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
};
const BaseQuery = pg.Query as unknown as new (
  config: unknown,
  values: unknown,
  callback: unknown,
) => WireQuery;

class ScopedQuery extends BaseQuery {
  declare scope: Scope | undefined;
  declare isScopePrepared: boolean;
  declare isSkipping: boolean;

  override prepare(connection: Connection): void {
    if (!this.scope) {
      super.prepare(connection);
      return;
    }
    connection.stream.cork();
    try {
      const statement = this.isScopePrepared ? SCOPE_NAME : '';
      if (!this.isScopePrepared) connection.parse({ name: '', text: SCOPE_TEXT });
      connection.bind({ statement, values: [this.scope.token, this.scope.role], valueMapper: prepareValue });
      connection.execute({ portal: '' });
      this.isSkipping = true; // the row and the end of set_config are not the caller's
      super.prepare(connection);
    } finally {
      connection.stream.uncork();
    }
  }

  override handleDataRow(message: unknown): void {
    if (!this.isSkipping) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.isSkipping) this.isSkipping = false;
    else super.handleCommandComplete(message, connection);
  }
}

const BaseClient = pg.Client as unknown as new (config: object) => { query(...words: unknown[]): unknown };

/**
 * A pg client whose every statement carries its scope.
 *
 * @param pooled - a transaction-pooling proxy stands between: no named statements, neither ours nor anyone's
 * @param scopeOf - the scope of the code that asks; undefined sends the statement as it is
 * @param before - called first, and may send statements of its own or throw
 */
export function scopedClient(options: {
  pooled: boolean;
  scopeOf: (statement: Statement) => Scope | undefined;
  before: (client: SqlClient) => void;
}): typeof pg.Client {
  class ScopedClient extends BaseClient {
    #isScopePrepared = false;
    /** Before it is, Sequelize asks the server what types it has: for itself, in the name of nobody who happens to wait. */
    #isOpen = false;

    constructor(config: object) {
      super({ ...config, pipeline: true });
    }

    override query(config: unknown, values?: unknown, callback?: unknown): unknown {
      if (typeof (config as { submit?: unknown })?.submit === 'function') {
        throw new TypeError('Cursors and COPY carry no store; read in pages instead');
      }
      const statement = (typeof config === 'string' ? { text: config } : config) as Statement;
      const [bound, done] = typeof values === 'function' ? [undefined, values] : [values, callback];
      const query = new ScopedQuery(statement, bound, done);
      query.queryMode = 'extended'; // the server refuses a second statement in one message
      query.isSkipping = false;
      if (options.pooled) query.name = undefined;
      if (this.#isOpen && !BARE.test(query.text)) {
        options.before(this as unknown as SqlClient);
        query.scope = options.scopeOf(statement);
        query.isScopePrepared = this.#isScopePrepared;
      }
      if (query.callback) return super.query(query);
      return new Promise((resolve, reject) => {
        query.callback = (error, result) => (error ? reject(withCaller(error)) : resolve(result));
        super.query(query);
      });
    }

    /** Once for each new connection, before anyone uses it. */
    async prepareScope(): Promise<void> {
      if (!options.pooled) {
        await super.query({ name: SCOPE_NAME, text: SCOPE_TEXT, values: ['', 'none'] });
        this.#isScopePrepared = true;
      }
      this.#isOpen = true;
    }
  }
  return ScopedClient as unknown as typeof pg.Client;
}

/** Adds where the statement came from: pg's own stack ends in the socket. */
function withCaller(error: Error): Error {
  Error.captureStackTrace(error, withCaller);
  return error;
}
