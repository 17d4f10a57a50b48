import type { Id, Result } from 'kontor/sdk';

declare module 'kontor/sdk' {
  /** Stock of a variant, over all locations. A variant without a row is not tracked: it can always be sold. */
  interface StockLevel {
    readonly variantId: Id;
    readonly isTracked: boolean;
    readonly onHand: number;
    readonly reserved: number;
    /** On hand less reserved. Below 0 by back-orders, or where somebody counted less than was held; a plain sale never makes it so. */
    readonly available: number;
    readonly incoming: number;
    /** Whether it may be sold past zero; what is not tracked may. */
    readonly isBackOrderAllowed: boolean;
  }

  interface StockLine {
    readonly variantId: Id;
    readonly quantity: number;
  }

  interface Inventory {
    /**
     * By variant; untracked ones too. One query, whatever the number.
     *
     * @param options - what the reference `heldBy` holds counts as free: nobody stands in their own way
     */
    levels(variantIds: readonly Id[], options?: { heldBy?: string }): Promise<Map<Id, StockLevel>>;
    /**
     * Holds stock in the caller's transaction: all lines or none. The same reference again takes over what it holds already,
     * so that a reservation of a checkout becomes that of its order.
     *
     * @param reference - e.g. `cart:12`; what `release` and `fulfil` name
     * @param expiresAt - it is let go then; never when left out
     * @returns `outOfStock` with `lines: [{ variantId, wanted, available }]`; nothing is held then
     */
    reserve(input: {
      reference: string;
      lines: readonly StockLine[];
      expiresAt?: Date;
    }): Promise<Result<undefined, 'outOfStock'>>;
    /** Lets go what a reference still holds, or these lines of it. Nothing held is no error. */
    release(reference: string, lines?: readonly StockLine[]): Promise<void>;
    /**
     * Held stock leaves the house; lines that were not tracked when they were held are known too.
     *
     * @returns `notReserved` with `lines: [{ variantId, wanted, held }]`; nothing left then
     */
    fulfil(reference: string, lines: readonly StockLine[]): Promise<Result<undefined, 'notReserved'>>;
    /** Goods that came back from a buyer, to a location (the default one when left out). What is not tracked is left alone. */
    takeBack(reference: string, lines: readonly StockLine[], locationId?: Id): Promise<void>;
    /** Sets what is on hand at a location (the default one when left out) and starts tracking. In one transaction. */
    set(
      lines: readonly { variantId: Id; onHand: number; isBackOrderAllowed?: boolean }[],
      why: { reason: string; locationId?: Id; kind?: 'set' | 'import' },
    ): Promise<void>;
    /** Stops tracking. */
    untrack(variantIds: readonly Id[]): Promise<void>;
    /** Plays all movements again and says where the tables differ from them: nowhere, or something is broken. */
    verify(): Promise<StockProof>;
  }

  interface StockProof {
    readonly isRight: boolean;
    readonly movements: number;
    readonly levels: number;
    /** 100 at most. */
    readonly faults: readonly {
      readonly variantId: Id;
      readonly locationId: Id | null;
      /** Which of them disagrees with the movements. */
      readonly what: 'onHand' | 'reserved' | 'chain' | 'reservations' | 'sums' | 'incoming';
      readonly wanted: number;
      readonly found: number;
    }[];
  }

  interface Services {
    inventory: Inventory;
  }
  interface Jobs {
    'inventory.release-expired': Record<string, never>;
  }
  interface Events {
    /** What is available of variants changed. */
    'inventory.changed': { variantIds: readonly Id[] };
    /** Told once when it falls to the threshold, again after it was above. */
    'inventory.low': { variantId: Id; available: number; threshold: number };
  }
}
