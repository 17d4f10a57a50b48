import { type Cradle, money, type Money, ok, type Id, type Orders, refused, type Result } from 'kontor/sdk';
import { PAID_STATES } from '../models/states.ts';
import { type LockedOrder, lockOrder } from '../services/lock-order.ts';
import { openUnits } from '../services/open-units.ts';
import { refundable } from '../services/refundable.ts';
import { type RefundShares, refundShares } from '../services/refund-shares.ts';
import { settleRefund } from '../services/settle-refund.ts';
import { stockOf } from '../services/stock-of.ts';
import { writeRefund } from '../services/write-refund.ts';

type Wish = Parameters<Orders['refund']>[1];
type Refusal = 'notFound' | 'tooMuch' | 'nothingToRefund' | 'notPaid';

/** Gives money back, in exact shares; the provider is asked after the commit. */
export async function refundOrder(
  id: Id,
  wish: Wish,
  services: Cradle,
): Promise<Result<{ refundId: Id; amount: Money }, Refusal>> {
  return services.database.transaction(async () => {
    const order = await lockOrder({ id }, services);
    return order ? refundLocked(order, wish, services) : refused('notFound');
  });
}

/** The same for an order that is locked already. */
export async function refundLocked(
  order: LockedOrder,
  wish: Wish,
  services: Cradle,
): Promise<Result<{ refundId: Id; amount: Money }, Refusal>> {
  if (!PAID_STATES.includes(order.paymentState))
    return refused('notPaid', { paymentState: order.paymentState });
  const shares = refundShares(refundable(order), wish);
  if (!shares.ok) return shares;
  const { amount } = shares.value;
  if (amount === 0 && !(wish.restock && wish.lines?.length)) return refused('nothingToRefund');

  const key = `order:${order.id}:refund:${order.refundCount + 1}`;
  const asked = await askProvider(order, { key, amount, reason: wish.reason }, services);
  if (!asked.ok) return asked;
  const dropped = await moveStock(order, shares.value, { restock: wish.restock ?? false }, services);
  const refund = await writeRefund(
    order,
    { key, shares: shares.value, dropped, reason: wish.reason, restock: wish.restock ?? false },
    services,
  );
  const payload = { orderId: order.id, refundId: refund.id, amount, currency: order.currency };
  const entity = `order:${order.id}`;
  await services.events.emit('order.refunded', { ...payload, notify: wish.notify ?? true }, { entity });
  // By hand, or nothing to pay: nobody will tell us that it is done.
  if (!asked.value.isAsked) await settleRefund(order.id, refund.id, services);
  return ok({ refundId: refund.id, amount: money(amount, order.currency) });
}

async function askProvider(
  order: LockedOrder,
  refund: { key: string; amount: number; reason: string },
  services: Cradle,
): Promise<Result<{ isAsked: boolean }, 'tooMuch' | 'notPaid'>> {
  const { payments }: Partial<Cradle> = services;
  if (order.paymentId === null || !payments || refund.amount === 0) return ok({ isAsked: false });
  const amount = money(refund.amount, order.currency);
  const asked = await payments.refund({ ...refund, paymentId: order.paymentId, amount });
  if (asked.ok) return ok({ isAsked: true });
  return asked.refusal === 'tooMuch'
    ? refused('tooMuch', { ...asked.details })
    : refused('notPaid', { paymentState: order.paymentState });
}

/** Units that have not shipped are let go; of those that have, what comes back is taken in. */
async function moveStock(
  order: LockedOrder,
  { lines }: RefundShares,
  { restock }: { restock: boolean },
  services: Cradle,
): Promise<{ lineId: Id; quantity: number }[]> {
  const { inventory }: Partial<Cradle> = services;
  const parts = lines.map(({ lineId, quantity }) => {
    const line = order.lines.find(({ id }) => id === lineId)!;
    const dropped = Math.min(quantity, openUnits(line));
    // What was cancelled was let go then: only what has left the house can come back into it.
    return { lineId, dropped, returned: Math.min(quantity - dropped, line.shippedQuantity) };
  });
  const dropped = parts
    .filter((part) => part.dropped > 0)
    .map((part) => ({ lineId: part.lineId, quantity: part.dropped }));
  const returned = parts.map((part) => ({ lineId: part.lineId, quantity: part.returned }));
  const [letGo, takenIn] = [stockOf(order, dropped), stockOf(order, returned)];
  if (letGo.length > 0) await inventory?.release(order.stockReference, letGo);
  if (restock && takenIn.length > 0) await inventory?.takeBack(order.stockReference, takenIn);
  return dropped;
}
