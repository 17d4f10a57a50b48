import type { OrderLine } from 'kontor/sdk';

/** Units of a line that are still to be shipped. */
export function openUnits(line: OrderLine): number {
  return line.quantity - line.shippedQuantity - line.droppedQuantity;
}
