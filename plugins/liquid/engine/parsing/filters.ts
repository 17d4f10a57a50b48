import type { LiquidFilter } from 'kontor/sdk';
import type { Expression } from './path.ts';
import type { Run } from '../run.ts';

export type FilterCall = {
  readonly filter: LiquidFilter;
  readonly args: readonly Expression[];
  readonly named: readonly (readonly [string, Expression])[];
};

const NONE: readonly never[] = Object.freeze([]);
const NAMELESS: Readonly<Record<string, unknown>> = Object.freeze(Object.create(null));

/** One after the other, in a loop: a chain of thousands must not stand on the stack. */
export function filtered(input: Expression, calls: readonly FilterCall[]): Expression {
  if (calls.length === 0) return input;
  return (run) => {
    let value = input(run);
    for (const call of calls) value = applied(call, value, run);
    return value;
  };
}

function applied({ filter, args, named }: FilterCall, value: unknown, run: Run): unknown {
  const given = args.length === 0 ? NONE : args.map((arg) => present(arg(run)));
  return filter(value, { args: given, named: named.length === 0 ? NAMELESS : byName(named, run), run });
}

/** An argument that is nothing is not one that is missing. */
const present = (value: unknown): unknown => (value === undefined ? null : value);

function byName(named: FilterCall['named'], run: Run): Readonly<Record<string, unknown>> {
  const values = Object.create(null) as Record<string, unknown>;
  for (const [name, expression] of named) values[name] = present(expression(run));
  return values;
}
