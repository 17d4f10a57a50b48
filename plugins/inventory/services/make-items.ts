import type { Cradle, Id } from 'kontor/sdk';

/**
 * Makes the rows of variants that have none yet, not tracked. One statement.
 *
 * @param variantIds - in order, so that two who make the same ones wait for each other and not in a circle
 */
export async function makeItems(
  { clock, database, stores }: Pick<Cradle, 'clock' | 'database' | 'stores'>,
  variantIds: readonly Id[],
): Promise<void> {
  await database.query(
    `insert into inventory.items (store_id, variant_id, updated_at)
     select $1, variant_id, $3 from unnest($2::bigint[]) as v (variant_id) order by variant_id
     on conflict (store_id, variant_id) do nothing`,
    [stores.current().id, [...variantIds], clock.now()],
  );
}
