import type { Cradle, CustomerProfile, Id } from 'kontor/sdk';
import { COLUMNS, type ProfileRow, toProfile } from '../models/profile.ts';

type By = { id: Id } | { customerId: Id } | { email: string };

/** Finds one profile, in one statement. */
export async function findProfile(
  by: By,
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
): Promise<CustomerProfile | undefined> {
  const [column, value] = columnOf(by);
  const [row] = await database.read<ProfileRow>(
    `by-${column}`,
    `select ${COLUMNS} from customers.profiles where store_id = $1 and ${column} = $2`,
    [stores.current().id, value],
  );
  return row && toProfile(row);
}

function columnOf(by: By): [column: string, value: string | number] {
  if ('id' in by) return ['id', by.id];
  return 'customerId' in by ? ['customer_id', by.customerId] : ['email', by.email.trim().toLowerCase()];
}
