import type { Id } from 'kontor/sdk';
import type { Held, Item, Level, Stock } from './stock.ts';

export type MovementKind =
  | 'reserve'
  | 'release'
  | 'fulfil'
  | 'adjust'
  | 'set'
  | 'import'
  | 'return'
  | 'transfer'
  | 'incoming'
  | 'untrack';

/** A change of one level, by how much. */
export type Move = {
  readonly variantId: Id;
  readonly locationId: Id;
  readonly kind: MovementKind;
  readonly reference?: string;
  readonly reason?: string;
  readonly onHand?: number;
  readonly reserved?: number;
  /** Whether more may be held than is there afterwards: by a back-order, or a count. A plain sale may not. */
  readonly mayBeShort?: boolean;
};

export type Movement = Required<Omit<Move, 'onHand' | 'reserved' | 'mayBeShort'>> & {
  readonly onHandBefore: number;
  readonly onHandAfter: number;
  readonly reservedBefore: number;
  readonly reservedAfter: number;
};

/** A level that moved: as it was, and by how much in all. */
export type ChangedLevel = Required<
  Pick<Move, 'variantId' | 'locationId' | 'onHand' | 'reserved' | 'mayBeShort'>
> & {
  readonly onHandBefore: number;
  readonly reservedBefore: number;
  readonly isNew: boolean;
};

/** The place of what is held but not tracked. */
export const NOWHERE = 0;

/** Locked stock, and what is to become of it. Nothing is written before `writeBook`. */
export type Book = ReturnType<typeof openBook>;

export function openBook(stock: Stock) {
  const levels = Map.groupBy(stock.levels, ({ variantId }) => variantId);
  const changed = new Map<string, ChangedLevel>();
  const held = new Map(stock.held.map((hold) => [holdKey(hold), hold]));
  const changedHolds = new Map<string, Held>();
  const items = new Map<Id, Item>();
  const movements: Movement[] = [];

  function levelAt(variantId: Id, locationId: Id): Level | undefined {
    return levels.get(variantId)?.find((level) => level.locationId === locationId);
  }

  function keep(level: Level): void {
    const others = levels.get(level.variantId) ?? [];
    const isKnown = others.some(({ locationId }) => locationId === level.locationId);
    const kept = isKnown
      ? others.map((one) => (one.locationId === level.locationId ? level : one))
      : [...others, level];
    levels.set(level.variantId, kept);
  }

  return {
    movements: movements as readonly Movement[],
    changedLevels: () => [...changed.values()],
    /** Those with quantity 0 end. */
    changedHolds: () => [...changedHolds.values()],
    /** Variants whose flags changed. */
    changedItems: () => [...items.values()],

    item: (variantId: Id): Item | undefined => items.get(variantId) ?? stock.items.get(variantId),
    isTracked: (variantId: Id): boolean =>
      (items.get(variantId) ?? stock.items.get(variantId))?.isTracked ?? false,
    /** As they stand now, the default location first. */
    levelsOf: (variantId: Id): readonly Level[] => levels.get(variantId) ?? [],
    holdsOf: (reference: string, variantId?: Id): Held[] =>
      [...held.values()].filter(
        (hold) => hold.reference === reference && (variantId === undefined || hold.variantId === variantId),
      ),
    /** Of others than this reference, whose time is over. */
    expiredHolds: (reference: string): Held[] =>
      [...held.values()].filter((hold) => hold.reference !== reference),

    setItem(item: Item): void {
      items.set(item.variantId, item);
    },

    move(move: Move): void {
      const { variantId, locationId, kind, reference = '', reason = '', onHand = 0, reserved = 0 } = move;
      const place = { variantId, locationId };
      const known = levelAt(variantId, locationId);
      const level = known ?? { ...place, onHand: 0, reserved: 0, isDefault: false };
      const after = { onHand: level.onHand + onHand, reserved: level.reserved + reserved };
      const key = `${variantId} ${locationId}`;
      const sofar = changed.get(key) ?? {
        ...place,
        onHand: 0,
        reserved: 0,
        onHandBefore: level.onHand,
        reservedBefore: level.reserved,
        mayBeShort: false,
        isNew: !known,
      };
      changed.set(key, {
        ...sofar,
        onHand: sofar.onHand + onHand,
        reserved: sofar.reserved + reserved,
        mayBeShort: sofar.mayBeShort || move.mayBeShort === true,
      });
      movements.push({
        ...place,
        kind,
        reference,
        reason,
        onHandBefore: level.onHand,
        onHandAfter: after.onHand,
        reservedBefore: level.reserved,
        reservedAfter: after.reserved,
      });
      keep({ ...level, ...after });
    },

    /** Says what a reference holds at a place from now on; 0 ends it. */
    hold(hold: Held): void {
      const key = holdKey(hold);
      if (hold.quantity === 0) held.delete(key);
      else held.set(key, hold);
      changedHolds.set(key, hold);
    },
  };
}

function holdKey({ reference, variantId, locationId }: Held): string {
  return `${variantId} ${locationId} ${reference}`;
}
