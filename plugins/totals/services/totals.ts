import type { Totals, TotalsCalculator, TotalsInput } from 'kontor/sdk';
import { calculate as one } from '../calculators/one/calculate.ts';
import { badInput } from '../errors.ts';

/** Every version that ever made a total that somebody keeps. One is never changed or removed; rules change by a new one. */
const VERSIONS: Readonly<Record<number, (input: TotalsInput) => Totals>> = { 1: one };
const NEWEST = 1;

/** Works out totals by the newest rules, or by those that a stored input names. */
export function createTotals(): TotalsCalculator {
  return {
    version: NEWEST,
    calculate(input) {
      const version = input.version ?? NEWEST;
      const calculate = Object.hasOwn(VERSIONS, version) ? VERSIONS[version] : undefined;
      if (!calculate) throw badInput('version', `one of ${Object.keys(VERSIONS).join(', ')}`, version);
      return calculate(input);
    },
  };
}
