import type { Cradle, DeliveredEvent, Events } from 'kontor/sdk';
import '../contract.ts';

type Turned = { variantId: number; isLow: boolean; available: number; threshold: number };

/**
 * Tells once that little is left of a variant, and again only after there was more. Looked at here and not where stock is
 * sold, so that a sale does not wait for it.
 */
export async function tellLow(
  event: DeliveredEvent<Events['inventory.changed']>,
  { clock, database, events, settings, stores }: Cradle,
): Promise<void> {
  const { lowAt } = await settings.get<{ lowAt: number }>();
  await database.transaction(async () => {
    const turned = await database.query<Turned>(TURN, [
      stores.current().id,
      [...event.payload.variantIds],
      lowAt,
      clock.now(),
    ]);
    for (const { variantId, isLow, available, threshold } of turned) {
      if (!isLow) continue;
      await events.emit(
        'inventory.low',
        { variantId, available, threshold },
        { entity: `variant:${variantId}` },
      );
    }
  });
}

const TURN = `
  with now as (
    select variant_id, is_low, is_tracked and on_hand - reserved <= coalesce(low_at, $3) as is_low_now
    from inventory.items where store_id = $1 and variant_id = any ($2::bigint[]) order by variant_id for update
  )
  update inventory.items i set is_low = n.is_low_now, updated_at = $4
  from now n
  where i.store_id = $1 and i.variant_id = n.variant_id and n.is_low_now <> n.is_low
  returning i.variant_id as "variantId", i.is_low as "isLow", i.on_hand - i.reserved as available,
    coalesce(i.low_at, $3) as threshold`;
