import { FuelError } from './faults.ts';
import type { Fuel } from './fuel.ts';

const LETTERS = 1024 * 1024; // of one text; replacing in a longer one takes a hundred times its length in memory
export const ENTRIES = 200_000; // of one list

/** Who pays for what happens now. There is one at a time, as nothing in a template waits. */
let current: Fuel | undefined;

/** Whatever the work does is paid from this fuel. */
export function paidBy<Result>(fuel: Fuel, work: () => Result): Result {
  const outer = current;
  current = fuel;
  try {
    return work();
  } finally {
    current = outer;
  }
}

export function spend(units: number): void {
  current?.use(units);
}

/** Before a text of this length is made. */
export function spendText(length: number): void {
  limitText(length);
  current?.use(length / 8);
}

/** While it grows, when each piece has been paid. */
export function limitText(length: number): void {
  if (length > LETTERS) throw new FuelError('a text of this template grows too long', 'part');
}

/** Before a list of this length is made. */
export function spendList(length: number): void {
  if (length > ENTRIES) throw new FuelError('a list of this template grows too long', 'part');
  current?.use(length);
}

/** Before a text is looked through for another: what the worst of them takes, as themes may choose both. */
export function spendSearch(text: string, part: string): void {
  if (part.length <= text.length) current?.use((text.length * (part.length + 16)) / 256);
}

/** Before two texts are compared, which is read to the end when they are alike. */
export function spendComparison(one: string, other: string): void {
  const length = Math.min(one.length, other.length);
  if (length > 63) current?.use(length >> 6);
}
