import type { Fulfilment, Id } from 'kontor/sdk';

export const FULFILMENT_COLUMNS =
  'id, lines, carrier, tracking_number, tracking_url, state, shipped_at, delivered_at';

/** A row of `orders.fulfilments`. */
export type FulfilmentRow = {
  id: Id;
  lines: { lineId: Id; quantity: number }[];
  carrier: string;
  tracking_number: string;
  tracking_url: string;
  state: Fulfilment['state'];
  shipped_at: Date;
  delivered_at: Date | null;
};

export function toFulfilment(row: FulfilmentRow): Fulfilment {
  return {
    id: row.id,
    lines: row.lines,
    carrier: row.carrier,
    trackingNumber: row.tracking_number,
    trackingUrl: row.tracking_url,
    state: row.state,
    shippedAt: row.shipped_at,
    deliveredAt: row.delivered_at,
  };
}
