import { isDeepStrictEqual } from 'node:util';
import { type Cradle, ok, type Id, refused, type Result, type Totals, type TotalsInput } from 'kontor/sdk';

type Recomputed = { isSame: boolean; stored: Totals; computed: Totals; input: TotalsInput };

/** Works an order's totals out again, by the rules it was made by, and holds them against what is stored. */
export async function recomputeOrder(
  id: Id,
  { database, stores, totals }: Pick<Cradle, 'database' | 'stores' | 'totals'>,
): Promise<Result<Recomputed, 'notFound'>> {
  const [row] = await database.query<{ totals: Totals; totals_input: TotalsInput }>(
    'select totals, totals_input from orders.orders where store_id = $1 and id = $2',
    [stores.current().id, id],
  );
  if (!row) return refused('notFound');
  const computed = totals.calculate(row.totals_input);
  return ok({
    isSame: isDeepStrictEqual(JSON.parse(JSON.stringify(computed)), row.totals),
    stored: row.totals,
    computed,
    input: row.totals_input,
  });
}
