import type { Id } from 'kontor/sdk';
import { addLines, type Line } from '../services/lines.ts';
import type { Parts } from '../services/parts.ts';
import type { Row } from '../services/rows.ts';

/**
 * Makes a cart whose row is locked that of a customer, with what they have put into others. The others stay as they are,
 * without an owner and a token: a payment of one of them may be under way, and must find what it pays for.
 */
export async function takeOver(
  { groupOf, rows }: Parts,
  { row, customerId }: { row: Row; customerId: Id },
): Promise<Row> {
  const group = await groupOf(customerId);
  const theirs = await rows.lockOfCustomer(customerId);
  const others = theirs.filter(({ id, currency }) => id !== row.id && currency === row.currency);
  if (others.length === 0 && row.customerId === customerId && row.group === group) return row;
  if (others.length > 0) {
    const ids = others.map(({ id }) => id);
    await rows.leadTo(row.id, ids);
  }
  const added = others.flatMap(({ lines }) => lines);
  return rows.save({ ...row, ...withLines(row, added), customerId, group });
}

/** Who has a cart already, and is somebody else. */
export function isOthers({ customerId }: Pick<Row, 'customerId'>, asking: Id | undefined): boolean {
  return asking !== undefined && customerId !== null && customerId !== asking;
}

/** Adds what there is room for; a person who signs in is not to be refused. */
function withLines(row: Row, added: readonly Line[]): Pick<Row, 'lines' | 'nextLine'> {
  const { lines, nextLine } = row;
  return added.reduce<Pick<Row, 'lines' | 'nextLine'>>(
    (cart, line) => {
      const next = addLines(cart, [line]);
      return next.ok ? next.value : cart;
    },
    { lines, nextLine },
  );
}
