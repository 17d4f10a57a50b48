import type { Id, Refund } from 'kontor/sdk';

export const REFUND_COLUMNS = `id, key, state, amount, tax_amount, shipping_amount, shipping_tax_amount, lines, reason,
  is_restocked, made_by, made_at, settled_at`;

/** A row of `orders.refunds`. */
export type RefundRow = {
  id: Id;
  key: string;
  state: Refund['state'];
  amount: number;
  tax_amount: number;
  shipping_amount: number;
  shipping_tax_amount: number;
  lines: Refund['lines'];
  reason: string;
  is_restocked: boolean;
  made_by: string;
  made_at: Date;
  settled_at: Date | null;
};

export function toRefund(row: RefundRow): Refund {
  return {
    id: row.id,
    key: row.key,
    state: row.state,
    amount: row.amount,
    taxAmount: row.tax_amount,
    shippingAmount: row.shipping_amount,
    shippingTaxAmount: row.shipping_tax_amount,
    lines: row.lines,
    reason: row.reason,
    isRestocked: row.is_restocked,
    madeBy: row.made_by,
    madeAt: row.made_at,
    settledAt: row.settled_at,
  };
}
