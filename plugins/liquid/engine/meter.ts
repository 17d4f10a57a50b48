import { FuelError } from './faults.ts';
import type { Fuel } from './fuel.ts';

const LETTERS = 4_000_000; // of one text
const ENTRIES = 200_000; // of one list

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
