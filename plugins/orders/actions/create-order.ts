import {
  type Cradle,
  type ManualOrder,
  type ManualOrderRefusal,
  ok,
  type OrderDraft,
  refused,
  type Result,
  type StockLine,
} from 'kontor/sdk';
import { composeOrder } from '../services/compose-order.ts';
import { placeOrder } from './place-order.ts';

type Created = Result<{ id: number; number: string; token: string }, ManualOrderRefusal>;

/** Places an order of the team: stock is held for it, the buyer remembered. */
export async function createOrder(order: ManualOrder, services: Cradle): Promise<Created> {
  const composed = await composeOrder(order, services);
  if (!composed.ok) return composed;
  const draft = { ...composed.value, stockReference: `manual:${services.random.uuid()}` };
  return services.database.transaction(() => write(draft, services));
}

async function write(draft: OrderDraft, services: Cradle): Promise<Created> {
  const { customerBook, inventory }: Partial<Cradle> = services;
  const lines = stockLines(draft);
  if (inventory && lines.length > 0) {
    const held = await inventory.reserve({ reference: draft.stockReference, lines });
    if (!held.ok) return refused('outOfStock', { ...held.details });
  }
  const placed = await placeOrder(draft, services);
  if (!placed.ok) {
    await inventory?.release(draft.stockReference);
    return placed;
  }
  const { email, customerId, locale, billTo } = draft;
  const name = billTo ? { firstName: billTo.firstName, lastName: billTo.lastName } : {};
  await customerBook?.remember({ email, customerId, locale, ...name });
  const { id, number, token } = placed.value;
  return ok({ id, number, token });
}

function stockLines({ lines }: OrderDraft): StockLine[] {
  const wanted = new Map<number, number>();
  for (const { variantId, quantity } of lines)
    if (variantId !== null) wanted.set(variantId, (wanted.get(variantId) ?? 0) + quantity);
  return [...wanted].map(([variantId, quantity]) => ({ variantId, quantity }));
}
