import type { Cradle, Id } from 'kontor/sdk';
import { createPrice } from './price.ts';
import { createRows } from './rows.ts';

/** What every action on a cart needs. */
export type Parts = ReturnType<typeof createParts>;

export function createParts(services: Cradle) {
  const { database, hooks, stores } = services;
  return {
    database,
    hooks,
    stores,
    rows: createRows(services),
    price: createPrice(services),
    /** Code of a customer's group; empty for guests, and where nobody keeps groups. */
    groupOf: async (customerId: Id | undefined): Promise<string> =>
      (customerId && (await services.customerBook?.profile(customerId))?.group) || '',
  };
}
