import type { Cradle, Id } from 'kontor/sdk';
import { errors } from '../errors.ts';
import { actorName } from './actor-name.ts';
import type { Book } from './book.ts';

type Needs = Pick<Cradle, 'clock' | 'database' | 'events' | 'stores'>;

/**
 * Writes what a book says in one statement, and tells which variants changed. A level is changed only while it is as it was
 * when it was locked, and is held further only while `on_hand - reserved` covers it.
 *
 * @throws INVENTORY_ERR_BOOK when a row was not: somebody changed stock past the lock
 */
export async function writeBook(services: Needs, book: Book): Promise<void> {
  const levels = book.changedLevels();
  const items = itemsOf(book);
  const holds = book.changedHolds();
  if (levels.length + items.length + holds.length === 0) return;
  const { clock, database, stores } = services;
  const lists = [
    levels,
    items,
    book.movements,
    holds.filter(({ quantity }) => quantity > 0),
    holds.filter(({ quantity }) => quantity === 0),
  ].map((list) => JSON.stringify(list));
  const [written] = await database.read<{ levels: number; items: number }>('write', WRITE, [
    stores.current().id,
    ...lists,
    clock.now(),
    actorName(stores.actor()),
  ]);
  const wanted = levels.length + items.length;
  const came = written!.levels + written!.items;
  if (came !== wanted) {
    throw new errors.INVENTORY_ERR_BOOK(wanted, items.map(({ variantId }) => variantId).join(', '), came);
  }
  await tellChanged(
    services,
    items.flatMap(({ variantId, isChanged }) => (isChanged ? [variantId] : [])),
  );
}

const LEVEL = `(
  "variantId" bigint, "locationId" bigint, "onHandBefore" bigint, "reservedBefore" bigint, "onHand" bigint,
  reserved bigint, "mayBeShort" boolean, "isNew" boolean)`;
const HOLD =
  '(reference text, "variantId" bigint, "locationId" bigint, quantity bigint, "expiresAt" timestamptz)';

const WRITE = `
  with changed as (
    update inventory.levels l set on_hand = l.on_hand + c."onHand", reserved = l.reserved + c.reserved,
      is_short = (c."mayBeShort" or l.is_short) and l.reserved + c.reserved > l.on_hand + c."onHand"
    from json_to_recordset($2) as c ${LEVEL}
    where l.store_id = $1 and l.variant_id = c."variantId" and l.location_id = c."locationId" and not c."isNew"
      and l.on_hand = c."onHandBefore" and l.reserved = c."reservedBefore"
      and (c."mayBeShort" or c.reserved <= c."onHand" or l.on_hand - l.reserved >= c.reserved - c."onHand")
    returning 1
  ), made as (
    insert into inventory.levels (store_id, variant_id, location_id, on_hand, reserved, is_short)
    select $1, "variantId", "locationId", "onHand", reserved, "mayBeShort" and reserved > "onHand"
    from json_to_recordset($2) as c ${LEVEL} where "isNew"
    returning 1
  ), summed as (
    update inventory.items i set on_hand = i.on_hand + c."onHand", reserved = i.reserved + c.reserved,
      is_tracked = c."isTracked", is_back_order_allowed = c."isBackOrderAllowed", updated_at = $7
    from json_to_recordset($3) as c (
      "variantId" bigint, "onHand" bigint, reserved bigint, "isTracked" boolean, "isBackOrderAllowed" boolean)
    where i.store_id = $1 and i.variant_id = c."variantId"
    returning 1
  ), moved as (
    insert into inventory.movements (store_id, variant_id, location_id, kind, on_hand_before, on_hand_after,
      reserved_before, reserved_after, reference, reason, actor, at)
    select $1, "variantId", "locationId", kind, "onHandBefore", "onHandAfter", "reservedBefore", "reservedAfter",
      reference, reason, $8, $7
    from json_to_recordset($4) as c (
      "variantId" bigint, "locationId" bigint, kind text, "onHandBefore" bigint, "onHandAfter" bigint,
      "reservedBefore" bigint, "reservedAfter" bigint, reference text, reason text)
    returning 1
  ), held as (
    insert into inventory.reservations (store_id, reference, variant_id, location_id, quantity, expires_at, created_at)
    select $1, reference, "variantId", "locationId", quantity, "expiresAt", $7
    from json_to_recordset($5) as c ${HOLD}
    on conflict (store_id, reference, variant_id, location_id)
    do update set quantity = excluded.quantity, expires_at = excluded.expires_at
    returning 1
  ), ended as (
    delete from inventory.reservations r using json_to_recordset($6) as c ${HOLD}
    where r.store_id = $1 and r.reference = c.reference and r.variant_id = c."variantId"
      and r.location_id = c."locationId"
    returning 1
  )
  select (select count(*) from changed)::int + (select count(*) from made)::int as levels,
    (select count(*) from summed)::int as items`;

type ItemChange = {
  variantId: Id;
  onHand: number;
  reserved: number;
  isTracked: boolean;
  isBackOrderAllowed: boolean;
  /** Whether somebody who looks at what is available sees a difference. */
  isChanged: boolean;
};

/** What becomes of the sums and flags of each variant, in order of their ids. */
function itemsOf(book: Book): ItemChange[] {
  const changes = new Map<Id, ItemChange>();
  const flagged = new Set(book.changedItems().map(({ variantId }) => variantId));
  const changed = book.changedLevels();
  for (const variantId of [...flagged, ...changed.map((level) => level.variantId)]) {
    if (changes.has(variantId)) continue;
    const { isTracked = false, isBackOrderAllowed = false } = book.item(variantId) ?? {};
    const isChanged = flagged.has(variantId);
    changes.set(variantId, { variantId, onHand: 0, reserved: 0, isTracked, isBackOrderAllowed, isChanged });
  }
  for (const level of changed) {
    const change = changes.get(level.variantId)!;
    change.onHand += level.onHand;
    change.reserved += level.reserved;
  }
  for (const change of changes.values()) change.isChanged ||= change.onHand !== change.reserved;
  return [...changes.values()].sort((left, right) => left.variantId - right.variantId);
}

const MOST_IDS = 1000; // of one event; an import may touch very many

/**
 * Tells of variants whose stock changed, in the transaction that changes it. An event about several is told about the
 * lowest of them: whoever emits about it has its row locked anyway, so that nobody waits for the event alone.
 *
 * @param variantIds - in order
 */
export async function tellChanged(
  { events }: Pick<Cradle, 'events'>,
  variantIds: readonly Id[],
): Promise<void> {
  for (let at = 0; at < variantIds.length; at += MOST_IDS) {
    const some = variantIds.slice(at, at + MOST_IDS);
    await events.emit('inventory.changed', { variantIds: some }, { entity: `variant:${some[0]}` });
  }
}
