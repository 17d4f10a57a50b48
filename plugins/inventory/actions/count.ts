import { type Cradle, type Id, ok, refused, type Result } from 'kontor/sdk';
import { lockStock } from '../services/stock.ts';
import { locationId } from '../services/locations.ts';
import { setStock } from './set-stock.ts';

type Count = { variantId: Id; locationId?: Id; onHand: number; wasOnHand?: number; reason: string };

/**
 * Says what is on hand at a location, as a person counted it.
 *
 * @param wasOnHand - what they saw before they counted; refused with `changed` when it is another number by now
 */
export async function count(
  services: Cradle,
  { variantId, locationId: at, onHand, wasOnHand, reason }: Count,
): Promise<Result<undefined, 'changed'>> {
  return services.database.transaction(async () => {
    const place = await locationId(services, at);
    const { levels } = await lockStock(services, { variantIds: [variantId] });
    const found = levels.find((level) => level.locationId === place)?.onHand ?? 0;
    if (wasOnHand !== undefined && wasOnHand !== found) return refused('changed', { onHand: found });
    await setStock(services, [{ variantId, onHand }], { reason, locationId: place });
    return ok();
  });
}
