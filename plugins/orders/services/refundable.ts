import type { LockedOrder } from './lock-order.ts';
import type { Refundable } from './refund-shares.ts';

/** What is left of the frozen totals. */
export function refundable(order: LockedOrder): Refundable {
  const { totals, currency, refundedShipping } = order;
  return {
    currency,
    lines: order.lines.map((line) => {
      const frozen = totals.lines.find(({ key }) => key === line.key);
      return {
        lineId: line.id,
        units: line.quantity - line.refundedQuantity,
        amount: (frozen?.total ?? 0) - line.refundedAmount,
        tax: (frozen?.tax ?? 0) - line.refundedTax,
      };
    }),
    shipping: {
      amount: totals.shippingNet + totals.shippingTax - refundedShipping.amount,
      tax: totals.shippingTax - refundedShipping.tax,
    },
  };
}
