import type { Catalog, Cradle } from 'kontor/sdk';

const DAYS = 30;
const DAY = 24 * 3_600_000; // ms

type Step = { amount: number; changed_at: Date };

/** The price to name beside a reduced one. */
export function createLowestPrice({
  database,
  stores,
}: Pick<Cradle, 'database' | 'stores'>): Pick<Catalog, 'lowestRecentAmount'> {
  return {
    async lowestRecentAmount(variantId, currency) {
      const store = stores.current();
      const steps = await database.read<Step>(
        'price-history',
        `select amount, changed_at from catalog.price_history
         where store_id = $1 and variant_id = $2 and currency = $3 order by changed_at, id`,
        [store.id, variantId, currency ?? store.currency],
      );
      return lowestBefore(steps);
    },
  };
}

/** Of the prices that held in the thirty days before the present one began. */
export function lowestBefore(steps: readonly Step[]): number | null {
  const present = steps.at(-1);
  if (!present) return null;
  const from = present.changed_at.getTime() - DAYS * DAY;
  const held = steps.slice(0, -1).filter((_, at) => steps[at + 1]!.changed_at.getTime() > from);
  return held.length === 0 ? present.amount : Math.min(...held.map(({ amount }) => amount));
}
