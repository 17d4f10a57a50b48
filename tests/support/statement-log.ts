import pg from 'pg';
import { withConnection } from '../../kernel/database/index.ts';
import type { Kernel } from '../../kernel/parts.ts';

/** What PostgreSQL wrote into its log meanwhile. */
export type Logged = {
  /** Every statement but those that carry the store: begin and commit too, in order. */
  readonly statements: readonly string[];
  /** How many carried the store; each travels with a statement, in one flight. */
  readonly scopes: number;
};

/**
 * Turns on the statement log of a test's database, and has it sent along with the answers (`client_min_messages`), so that lines
 * of other databases on the same server are not among them.
 *
 * @returns a function that gives what was logged while its work ran; nothing else may run meanwhile
 */
export async function logStatements(kernel: Kernel) {
  const target = kernel.database.target('admin');
  await withConnection(target, async (admin) => {
    for (const setting of ["log_statement = 'all'", "client_min_messages = 'log'"]) {
      await admin.query(`alter database ${target.database} set ${setting}`);
    }
    // Connections that are open have the old settings; the pool opens new ones.
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = $1 and usename = $2 and pid <> pg_backend_pid()`,
      [target.database, kernel.database.target('app').user],
    );
  });
  const lines: string[] = [];
  listen(lines);
  return async <Value>(work: () => Promise<Value>): Promise<Logged & { value: Value }> => {
    lines.length = 0;
    const value = await work();
    const texts = lines.flatMap(
      (line) => /^(?:statement|execute \S+): ([\s\S]*)$/.exec(line)?.[1]?.trim() ?? [],
    );
    const isScope = (text: string) => text.startsWith("select set_config('kontor.store'");
    return {
      value,
      statements: texts.filter((text) => !isScope(text)),
      scopes: texts.filter(isScope).length,
    };
  };
}

/** Lines of the log come as notices to whichever connection sent the statement. */
function listen(lines: string[]): void {
  const emit = pg.Client.prototype.emit;
  pg.Client.prototype.emit = function heard(this: pg.Client, name: string, ...words: unknown[]): boolean {
    const notice = words[0] as { severity?: string; message?: string } | undefined;
    if (name === 'notice' && notice?.severity === 'LOG') lines.push(notice.message ?? '');
    return emit.call(this, name as never, ...(words as never[]));
  } as typeof emit;
}
