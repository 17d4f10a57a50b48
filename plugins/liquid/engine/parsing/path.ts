import type { Run } from '../run.ts';
import { get } from '../values/get.ts';

export type Expression = (run: Run) => unknown;

/** A step of a path: a name that is known, or an expression in brackets. */
export type Step = string | Expression;

/** Follows a path from where it begins; short ones of names, which nearly all are, without a loop. */
export function pathFrom(root: Expression, steps: readonly Step[]): Expression {
  const [first, second] = steps;
  if (first === undefined) return root;
  if (steps.length > 2 || typeof first !== 'string') return longPath(root, steps);
  if (second === undefined) return shortPath(root, first);
  return typeof second === 'string' ? shortPath(shortPath(root, first), second) : longPath(root, steps);
}

const shortPath =
  (root: Expression, name: string): Expression =>
  (run) =>
    get(root(run), name);

function longPath(root: Expression, steps: readonly Step[]): Expression {
  return (run) => {
    let value = root(run);
    for (const step of steps) value = get(value, typeof step === 'string' ? step : step(run));
    return value;
  };
}
