import type { Cradle, Id } from 'kontor/sdk';

/** What one reference holds of a variant, over all locations. */
export type Hold = {
  readonly reference: string;
  readonly quantity: number;
  /** null holds for good. */
  readonly expiresAt: Date | null;
  readonly since: Date;
};

/** Who holds a variant, by reference. What is over and not taken back yet is left out. */
export function listHolds(
  { clock, database, stores }: Pick<Cradle, 'clock' | 'database' | 'stores'>,
  { variantId, after = '', limit }: { variantId: Id; after?: string; limit: number },
): Promise<Hold[]> {
  return database.query<Hold>(
    `select reference, sum(quantity)::bigint as quantity, min(expires_at) as "expiresAt", min(created_at) as since
     from inventory.reservations
     where store_id = $1 and variant_id = $2 and reference > $3 and (expires_at is null or expires_at > $4)
     group by reference order by reference limit $5`,
    [stores.current().id, variantId, after, clock.now(), limit],
  );
}
