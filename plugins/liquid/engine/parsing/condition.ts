import { contains, isEqual, isOrdered, isTruthy } from '../values/compare.ts';
import type { Run } from '../run.ts';
import { kept } from './kept.ts';
import type { Expression } from './path.ts';
import type { Reader } from './reader.ts';

type Test = (run: Run) => boolean;
type Compare = (one: unknown, other: unknown) => boolean;

const OPERATORS: Readonly<Record<string, Compare>> = {
  '==': isEqual,
  '!=': (one, other) => !isEqual(one, other),
  '<>': (one, other) => !isEqual(one, other),
  '<': (one, other) => isOrdered(one, '<', other),
  '>': (one, other) => isOrdered(one, '>', other),
  '<=': (one, other) => isOrdered(one, '<=', other),
  '>=': (one, other) => isOrdered(one, '>=', other),
  contains,
};

/** `a == b and c or d`: read from the right, `and` and `or` bind alike, and brackets are not seen. */
export function conditionOf(reader: Reader): Test {
  const terms: Expression[] = [term(reader)];
  const joints: ('and' | 'or')[] = [];
  while (!reader.isAtEnd) {
    const joint = reader.take('and') ? 'and' : reader.take('or') ? 'or' : undefined;
    if (joint === undefined) reader.skip();
    else {
      joints.push(joint);
      terms.push(term(reader));
    }
  }
  return terms.length === 1 ? single(terms[0]!) : chain(kept(terms), kept(joints));
}

const single =
  (term: Expression): Test =>
  (run) =>
    isTruthy(term(run));

function chain(terms: readonly Expression[], joints: readonly ('and' | 'or')[]): Test {
  return (run) => {
    // What stands on the left decides, or leaves it to all on the right of it.
    for (const [index, joint] of joints.entries()) {
      const isTrue = isTruthy(terms[index]!(run));
      if (isTrue === (joint === 'or')) return isTrue;
    }
    return isTruthy(terms.at(-1)!(run));
  };
}

function term(reader: Reader): Expression {
  const one = reader.value() ?? (() => null);
  const compare = reader.takeOne(OPERATORS);
  if (!compare) return one;
  const other = reader.value() ?? (() => null);
  return (run) => compare(one(run), other(run));
}
