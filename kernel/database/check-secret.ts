import type pg from 'pg';
import type { Admin } from './admin.ts';
import { databaseErrors } from './errors.ts';
import type { StoreSigner } from './token.ts';

/**
 * Refuses a secret that is not the one this database runs on, before anything follows from it: passwords of roles and
 * the key of stores would be changed under every process that runs.
 *
 * @throws KERNEL_ERR_DATABASE_SECRET
 */
export async function checkSecret(input: {
  client: pg.Client;
  admin: Admin;
  signer: StoreSigner;
}): Promise<void> {
  const { client, admin, signer } = input;
  const table = await client.query<{ owner: string }>(
    `select pg_get_userbyid(relowner) as owner from pg_class
     where relname = 'store_key' and relnamespace = to_regnamespace('kernel')`,
  );
  if (table.rows.length === 0) return;
  await client.query(`set role ${admin.quoted(table.rows[0]!.owner)}`);
  const known = await client.query<{ kid: number; ipad: Buffer }>('select kid, ipad from kernel.store_key');
  await client.query('reset role');
  const newest = Math.max(0, ...known.rows.map(({ kid }) => kid));
  const other = known.rows.find(({ kid, ipad }) =>
    signer.keys.some((given) => given.kid === kid && !given.ipad.equals(ipad)),
  );
  if (other) throw secretError(`not the one numbered ${other.kid} that this database knows`, newest);
  const given = signer.keys[0]!.kid;
  if (given < newest) throw secretError(`numbered ${given}, and this database is at ${newest}`, newest);
}

function secretError(what: string, newest: number): Error {
  return new databaseErrors.KERNEL_ERR_DATABASE_SECRET(what, newest + 1, newest + 1);
}
