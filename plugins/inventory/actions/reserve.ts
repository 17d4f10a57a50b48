import { type Cradle, type Id, ok, refused, type Inventory, type StockLine } from 'kontor/sdk';
import { errors } from '../errors.ts';
import { type Book, NOWHERE, openBook } from '../services/book.ts';
import { addUp } from '../services/lines.ts';
import { locationId } from '../services/locations.ts';
import { lockStock } from '../services/stock.ts';
import { writeBook } from '../services/write-book.ts';

type Wish = { readonly reference: string; readonly expiresAt: Date | null };
type Missing = { variantId: Id; wanted: number; available: number };

/** Holds stock for a reference: what it holds already counts towards it, what it no longer names is let go. */
export async function reserve(
  services: Cradle,
  {
    reference,
    lines,
    expiresAt = null,
  }: { reference: string; lines: readonly StockLine[]; expiresAt?: Date | null },
): ReturnType<Inventory['reserve']> {
  if (reference === '') throw new errors.INVENTORY_ERR_REFERENCE("''");
  const wanted = addUp(lines);
  return services.database.transaction(async () => {
    const book = openBook(await lockStock(services, { variantIds: [...wanted.keys()], reference }));
    letGoExpired(book, reference);
    const missing = missingOf(book, reference, wanted);
    // Nothing is written yet: a refusal does not take back what the caller's transaction did.
    if (missing.length > 0) return refused('outOfStock', { lines: missing });
    for (const { variantId } of book.holdsOf(reference)) {
      if (!wanted.has(variantId)) holdLess(book, { reference, expiresAt }, variantId, 0);
    }
    for (const [variantId, quantity] of wanted) {
      const spare =
        book.levelsOf(variantId).length > 0 ? NOWHERE : await spareLocation(services, book, variantId);
      holdJust(book, { reference, expiresAt }, { variantId, quantity, spare });
    }
    await writeBook(services, book);
    return ok();
  });
}

/** What others held and whose time is over is free, though nobody has come yet to take it back. */
function letGoExpired(book: Book, reference: string): void {
  for (const hold of book.expiredHolds(reference)) {
    const { variantId, locationId, quantity } = hold;
    book.hold({ ...hold, quantity: 0 });
    if (locationId === NOWHERE) continue;
    const move = { variantId, locationId, reference: hold.reference, reason: 'expired' } as const;
    book.move({ ...move, kind: 'release', reserved: -quantity });
  }
}

function missingOf(book: Book, reference: string, wanted: ReadonlyMap<Id, number>): Missing[] {
  return [...wanted].flatMap(([variantId, quantity]) => {
    const item = book.item(variantId);
    if (!item?.isTracked || item.isBackOrderAllowed) return [];
    const own = book.holdsOf(reference, variantId).filter(({ locationId }) => locationId !== NOWHERE);
    const free = book
      .levelsOf(variantId)
      .reduce((sum, level) => sum + Math.max(0, level.onHand - level.reserved), 0);
    const available = free + own.reduce((sum, hold) => sum + hold.quantity, 0);
    return available >= quantity ? [] : [{ variantId, wanted: quantity, available }];
  });
}

/** Where a back-order goes when the variant lies nowhere. */
async function spareLocation(services: Cradle, book: Book, variantId: Id): Promise<Id> {
  return book.isTracked(variantId) ? locationId(services) : NOWHERE;
}

/** Makes what a reference holds of a variant just that much. */
function holdJust(
  book: Book,
  wish: Wish,
  { variantId, quantity, spare }: { variantId: Id; quantity: number; spare: Id },
): void {
  if (!book.isTracked(variantId)) {
    book.hold({ ...wish, variantId, locationId: NOWHERE, quantity });
    return;
  }
  // Sold before it was tracked; now it has to be there.
  for (const hold of book.holdsOf(wish.reference, variantId)) {
    if (hold.locationId === NOWHERE) book.hold({ ...hold, quantity: 0 });
  }
  const held = holdLess(book, wish, variantId, quantity);
  if (held < quantity) holdMore(book, wish, { variantId, quantity: quantity - held, spare });
}

/** Keeps up to a quantity of what is held, the rest goes back. @returns what is kept */
function holdLess(book: Book, wish: Wish, variantId: Id, quantity: number): number {
  let left = quantity;
  for (const hold of book.holdsOf(wish.reference, variantId)) {
    const kept = Math.min(left, hold.quantity);
    left -= kept;
    const isAsWished = kept === hold.quantity && hold.expiresAt?.getTime() === wish.expiresAt?.getTime();
    if (isAsWished) continue;
    book.hold({ ...hold, quantity: kept, expiresAt: wish.expiresAt });
    const { locationId } = hold;
    if (kept === hold.quantity || locationId === NOWHERE) continue;
    const reserved = kept - hold.quantity;
    book.move({ variantId, locationId, kind: 'release', reference: wish.reference, reserved });
  }
  return quantity - left;
}

/** From the first location that has all of it, else from each in turn; what is nowhere is a back-order at the first. */
function holdMore(
  book: Book,
  wish: Wish,
  { variantId, quantity, spare }: { variantId: Id; quantity: number; spare: Id },
): void {
  const levels = book.levelsOf(variantId).map(({ locationId, onHand, reserved }) => ({
    locationId,
    free: Math.max(0, onHand - reserved),
  }));
  const one = levels.find(({ free }) => free >= quantity);
  let left = quantity;
  for (const { locationId, free } of one ? [one] : levels) {
    const taken = Math.min(left, free);
    left -= taken;
    if (taken > 0) holdAt(book, wish, { variantId, locationId, quantity: taken, mayBeShort: false });
  }
  const first = levels[0]?.locationId ?? spare;
  if (left > 0) holdAt(book, wish, { variantId, locationId: first, quantity: left, mayBeShort: true });
}

function holdAt(
  book: Book,
  wish: Wish,
  {
    mayBeShort,
    quantity,
    ...place
  }: { variantId: Id; locationId: Id; quantity: number; mayBeShort: boolean },
): void {
  const before = book
    .holdsOf(wish.reference, place.variantId)
    .find(({ locationId }) => locationId === place.locationId);
  book.hold({ ...wish, ...place, quantity: (before?.quantity ?? 0) + quantity });
  book.move({ ...place, kind: 'reserve', reference: wish.reference, reserved: quantity, mayBeShort });
}
