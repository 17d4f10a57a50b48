import type { Cradle, Inventory } from 'kontor/sdk';
import { fulfil } from '../actions/fulfil.ts';
import { release } from '../actions/release.ts';
import { reserve } from '../actions/reserve.ts';
import { setStock } from '../actions/set-stock.ts';
import { takeBack } from '../actions/take-back.ts';
import { untrack } from '../actions/untrack.ts';
import { readLevels } from './read-levels.ts';
import { verify } from './verify.ts';

/** Stock as other plugins use it; see the contract for what each promises. */
export function createInventory(services: Cradle): Inventory {
  return {
    levels: (variantIds, options) => readLevels(services, variantIds, options),
    reserve: (wish) => reserve(services, wish),
    release: (reference, lines) => release(services, { reference, ...(lines ? { lines } : {}) }),
    fulfil: (reference, lines) => fulfil(services, { reference, lines }),
    takeBack: (reference, lines, to) => takeBack(services, { reference, lines, to }),
    set: (lines, why) => setStock(services, lines, why),
    untrack: (variantIds) => untrack(services, variantIds),
    verify: () => verify(services),
  };
}
