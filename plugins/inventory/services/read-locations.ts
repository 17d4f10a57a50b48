import type { Cradle, Id } from 'kontor/sdk';

export type StockLocation = {
  readonly id: Id;
  readonly version: number;
  readonly name: string;
  readonly address: string;
  readonly isDefault: boolean;
  readonly position: number;
  readonly changedAt: Date;
  readonly changedBy: string;
};
type Needs = Pick<Cradle, 'database' | 'stores'>;

const LOCATION = `id, version, name, address, is_default as "isDefault", position, changed_at as "changedAt",
  changed_by as "changedBy"`;

/** The default one first, then in the order in which stock is taken from them. */
export function readLocations({ database, stores }: Needs): Promise<StockLocation[]> {
  return database.query<StockLocation>(
    `select ${LOCATION} from inventory.locations where store_id = $1 order by is_default desc, position, id`,
    [stores.current().id],
  );
}

export async function readLocation({ database, stores }: Needs, id: Id): Promise<StockLocation | undefined> {
  const [location] = await database.query<StockLocation>(
    `select ${LOCATION} from inventory.locations where store_id = $1 and id = $2`,
    [stores.current().id, id],
  );
  return location;
}
