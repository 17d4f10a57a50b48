/** One figure. `against` says what it is held against, measured in the same run where it can be. */
export type Measured = { value: number; unit: string; against: string };

/** What a file of this folder gives. */
export type Bench = { name: string; run(): Promise<Measured> };

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

/** Milliseconds that work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Runs each way in turn, round by round, so that a busy moment of the machine hits all of them. */
export async function interleaved<Name extends string>(
  rounds: number,
  ways: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number>> {
  const figures = new Map<Name, number[]>();
  const names = Object.keys(ways) as Name[];
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      figures.set(name, [...(figures.get(name) ?? []), await ways[name]()]);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(figures.get(name)!)])) as Record<Name, number>;
}
