import { kept } from '../parsing/kept.ts';
import { type Action, branches, type Node, sequence, writing } from '../parsing/nodes.ts';
import { conditionOf } from '../parsing/condition.ts';
import type { Expression } from '../parsing/path.ts';
import type { Parser } from '../parsing/parser.ts';
import type { Token } from '../parsing/tokens.ts';
import type { CompileTag } from '../parsing/unit.ts';
import type { Run } from '../run.ts';
import { isEqual } from '../values/compare.ts';

type Test = (run: Run) => boolean;

/** `{% if a %}...{% elsif b %}...{% else %}...{% endif %}` */
export const ifTag: CompileTag = (tag, parser) => choice(tag, parser, conditionOf(parser.reader(tag.text)));

/** `{% unless a %}`: the first of its tests the other way round. */
export const unless: CompileTag = (tag, parser) => {
  const test = conditionOf(parser.reader(tag.text));
  return choice(tag, parser, (run) => !test(run));
};

function choice(tag: Token, parser: Parser, first: Test): Node {
  const tests: Test[] = [first];
  const bodies: Node[][] = [];
  let isElse = false;
  for (;;) {
    const { nodes, end, isLast } = parser.body(tag, ['elsif', 'else']);
    // What stands behind an `else` and its body is never reached, as in themes that have two.
    if (bodies.length < tests.length) bodies.push(nodes);
    if (isLast) break;
    if (isElse) continue;
    isElse = end.name === 'else';
    tests.push(isElse ? () => true : conditionOf(parser.reader(end.text)));
  }
  const { actions, isBlank } = branches(bodies);
  return { run: firstOf(kept(tests), actions), isBlank };
}

function firstOf(tests: readonly Test[], actions: readonly Action[]): Action {
  return (run) => {
    for (let index = 0; index < tests.length; index++) {
      if (index > 0) run.fuel.use(2);
      if (tests[index]!(run)) return actions[index]!(run);
    }
  };
}

/** `{% case value %}{% when 1, 2 or 3 %}...{% else %}...{% endcase %}`: each `when` that fits is written. */
export const caseTag: CompileTag = (tag, parser) => {
  const value = parser.reader(tag.text).value() ?? (() => null);
  const parts: { options?: readonly Expression[] }[] = [];
  const bodies: Node[][] = [];
  // What stands before the first `when` belongs to nobody.
  let { end, isLast } = parser.body(tag, ['when', 'else']);
  while (!isLast) {
    parts.push(end.name === 'when' ? { options: optionsOf(end, parser) } : {});
    const next = parser.body(tag, ['when', 'else']);
    bodies.push(next.nodes);
    ({ end, isLast } = next);
  }
  const { actions, isBlank } = branches(bodies);
  const run = (run: Run) => {
    const wanted = value(run);
    let isFound = false;
    for (const [index, { options }] of parts.entries()) {
      const times = options ? countOf(options, wanted, run) : isFound ? 0 : 1;
      if (options && times > 0) isFound = true;
      for (let time = 0; time < times && !run.stop; time++) actions[index]!(run);
    }
  };
  return { run, isBlank };
};

function optionsOf(when: Token, parser: Parser): readonly Expression[] {
  const reader = parser.reader(when.text);
  const options: Expression[] = [];
  do {
    const option = reader.value();
    if (option) options.push(option);
  } while (reader.take(',') || reader.take('or'));
  return kept(options);
}

/** A `when` that names the value twice writes twice, as Shopify's does. */
function countOf(options: readonly Expression[], wanted: unknown, run: Run): number {
  run.fuel.use(options.length);
  return options.filter((option) => isEqual(wanted, option(run))).length;
}

/** `{% ifchanged %}...{% endifchanged %}`: writes when it is not what was written there last. */
export const ifchanged: CompileTag = (tag, parser) => {
  const body = sequence(parser.body(tag).nodes);
  return writing((run) => {
    const text = run.capture(() => body(run));
    if (text === run.state.changed) return;
    run.state.changed = text;
    run.write(text);
  });
};
