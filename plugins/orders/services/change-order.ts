import { actorName, type Cradle, type Id } from 'kontor/sdk';

/** Columns of `orders.orders` that change after it was placed. */
export type OrderChange = Readonly<
  Partial<{
    state: string;
    payment_state: string;
    payment_title: string;
    email: string;
    name: string;
    search_text: string;
    ship_to: string | null;
    bill_to: string | null;
    note: string;
    tags: readonly string[];
    refunded_amount: number;
    refunded_shipping: number;
    refunded_shipping_tax: number;
    refund_count: number;
    cancelled_at: Date;
  }>
>;

/** Changes a locked order: its version grows, and who did it is kept for whoever comes late. */
export async function changeOrder(
  id: Id,
  change: OrderChange,
  { clock, database, stores }: Pick<Cradle, 'clock' | 'database' | 'stores'>,
): Promise<void> {
  const names = Object.keys(change);
  const sets = names.map((name, index) => `${name} = $${index + 5}`);
  await database.query(
    `update orders.orders set version = version + 1, changed_at = $3, changed_by = $4${sets.map((set) => `, ${set}`).join('')}
     where store_id = $1 and id = $2`,
    [stores.current().id, id, clock.now(), actorName(stores.actor()), ...Object.values(change)],
  );
}
