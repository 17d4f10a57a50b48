import { type Cradle, type Id, ok, refused, type Result, type StockLine } from 'kontor/sdk';
import { actorName } from '../services/actor-name.ts';
import { openBook } from '../services/book.ts';
import { sumIncoming } from '../services/incoming-sums.ts';
import { addUp } from '../services/lines.ts';
import { locationId } from '../services/locations.ts';
import { lockIncoming } from '../services/lock-incoming.ts';
import { type Incoming, type IncomingState, readIncoming } from '../services/read-incoming.ts';
import { lockStock } from '../services/stock.ts';
import { writeBook } from '../services/write-book.ts';

type Delivery = { lines?: readonly StockLine[]; isLast?: boolean };

/**
 * Goods came: they are on hand from now on, and tracked. More than expected may come.
 *
 * @param lines - all that is still expected when left out
 * @param isLast - nothing more will come; the rest is expected no more
 */
export async function receive(
  services: Cradle,
  id: Id,
  { lines, isLast = false }: Delivery,
): Promise<Result<Incoming, 'notFound' | 'closed' | 'changed' | 'notExpected'>> {
  return services.database.transaction(async () => {
    const locked = await lockIncoming(services, id);
    if (!locked.ok) return locked;
    const known = locked.value;
    const came = lines ? addUp(lines) : rest(known);
    const strange = [...came.keys()].find(
      (variantId) => !known.lines.some((line) => line.variantId === variantId),
    );
    if (strange !== undefined) return refused('notExpected', { variantId: strange });
    const variantIds = known.lines.map(({ variantId }) => variantId);
    const place = await locationId(services, known.locationId);
    const book = openBook(await lockStock(services, { variantIds }));
    for (const [variantId, quantity] of came) {
      if (!book.isTracked(variantId)) book.setItem({ ...book.item(variantId)!, isTracked: true });
      const move = { variantId, locationId: place, kind: 'incoming', reference: `incoming:${id}` } as const;
      book.move({ ...move, reason: known.number, onHand: quantity });
    }
    await writeBook(services, book);
    const isDone = known.lines.every(
      (line) => line.received + (came.get(line.variantId) ?? 0) >= line.expected,
    );
    await close(services, { id, came, state: isLast || isDone ? 'received' : 'open' });
    await sumIncoming(services, variantIds);
    return ok((await readIncoming(services, id))!);
  });
}

/** The goods will not come; what came of them stays. */
export async function cancelIncoming(
  services: Cradle,
  id: Id,
): Promise<Result<Incoming, 'notFound' | 'closed' | 'changed'>> {
  return services.database.transaction(async () => {
    const locked = await lockIncoming(services, id);
    if (!locked.ok) return locked;
    const variantIds = locked.value.lines.map(({ variantId }) => variantId);
    await lockStock(services, { variantIds });
    await close(services, { id, came: new Map(), state: 'cancelled' });
    await sumIncoming(services, variantIds);
    return ok((await readIncoming(services, id))!);
  });
}

function rest({ lines }: Incoming): Map<Id, number> {
  return addUp(
    lines
      .map(({ variantId, expected, received }) => ({ variantId, quantity: expected - received }))
      .filter(({ quantity }) => quantity > 0),
  );
}

async function close(
  { clock, database, stores }: Cradle,
  { id, came, state }: { id: Id; came: ReadonlyMap<Id, number>; state: IncomingState },
): Promise<void> {
  await database.query(
    `with came as (
       update inventory.incoming_lines n set received = n.received + c.quantity
       from unnest($3::bigint[], $4::bigint[]) as c (variant_id, quantity)
       where n.store_id = $1 and n.incoming_id = $2 and n.variant_id = c.variant_id returning 1)
     update inventory.incoming set state = $5, version = version + 1, changed_at = $6, changed_by = $7,
       closed_at = case when $5 = 'open' then null else $6::timestamptz end
     where store_id = $1 and id = $2`,
    [
      stores.current().id,
      id,
      [...came.keys()],
      [...came.values()],
      state,
      clock.now(),
      actorName(stores.actor()),
    ],
  );
}
