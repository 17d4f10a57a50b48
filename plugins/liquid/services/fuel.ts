const FUEL = 1_000_000; // a long mail takes some hundreds, a page of 48 products 22,500
const OUTPUT = 4 * 1024 * 1024; // characters

/** What a run may still spend: each node, each turn of a loop, each filter by the size of its input, each letter written. */
export type Fuel = { use(count: number): void; write(length: number): void };

/** A template that does too much ends here, whatever else it catches. */
export class FuelError extends Error {}

export function createFuel(): Fuel {
  let left = FUEL;
  let room = OUTPUT;
  return {
    use(count) {
      left -= count;
      if (left < 0) throw new FuelError('this template does too much work');
    },
    write(length) {
      room -= length;
      if (room < 0) throw new FuelError('what this template writes is too long');
    },
  };
}
