import type { Id, Order, StockLine } from 'kontor/sdk';

/** Lines of an order as stock: by variant, added up, sorted as locks want it. What is no variant has no stock. */
export function stockOf(
  order: Pick<Order, 'lines'>,
  lines: readonly { lineId: Id; quantity: number }[],
): StockLine[] {
  const stock = new Map<Id, number>();
  for (const { lineId, quantity } of lines) {
    const variantId = order.lines.find(({ id }) => id === lineId)?.variantId;
    if (variantId && quantity > 0) stock.set(variantId, (stock.get(variantId) ?? 0) + quantity);
  }
  return [...stock]
    .map(([variantId, quantity]) => ({ variantId, quantity }))
    .sort((one, other) => one.variantId - other.variantId);
}
