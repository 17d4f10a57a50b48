import { type Carts, ok } from 'kontor/sdk';
import { plainText, plainTexts, setQuantities } from '../services/lines.ts';
import type { Parts } from '../services/parts.ts';
import { editCart } from './edit-cart.ts';

type Input = { token: string; change: Parameters<Carts['update']>[1] } & Parameters<Carts['update']>[2];

/** Changes what is not a line, and quantities of several lines at once. */
export function updateCart(parts: Parts, { change, ...input }: Input): ReturnType<Carts['update']> {
  const { note, attributes, discountCodes, quantities = {} } = change;
  const byLine = new Map(Object.entries(quantities).map(([id, quantity]) => [Number(id), quantity]));
  return editCart(parts, {
    ...input,
    change(row) {
      const counted = setQuantities(row, byLine);
      if (!counted.ok) return counted;
      return ok({
        ...row,
        ...counted.value,
        ...(note !== undefined && { note: plainText(note) }),
        ...(attributes && { attributes: plainTexts(attributes) }),
        ...(discountCodes && { discountCodes: distinct(discountCodes) }),
      });
    },
  });
}

/** Each code once, as it was typed first; capitals do not matter. */
function distinct(codes: readonly string[]): string[] {
  const typed = codes.map((code) => plainText(code).trim()).filter((code) => code !== '');
  return [...new Map(typed.reverse().map((code) => [code.toUpperCase(), code])).values()].reverse();
}
