import { SyntaxFault } from '../faults.ts';
import { silent, sequence, writing } from '../parsing/nodes.ts';
import type { CompileTag } from '../parsing/unit.ts';
import { emptyScope, type Run } from '../run.ts';

/** `{% assign name = value | filters %}` */
export const assign: CompileTag = (tag, parser) => {
  const reader = parser.reader(tag.text);
  const name = reader.peek();
  reader.skip();
  if (name === undefined || !reader.take('='))
    throw new SyntaxFault(`"assign" needs a name, "=" and a value`);
  const value = reader.filtered();
  return silent((run) => run.set(name, value(run)));
};

/** `{% capture name %}...{% endcapture %}` */
export const capture: CompileTag = (tag, parser) => {
  const reader = parser.reader(tag.text);
  const name = reader.quoted() ?? reader.peek();
  if (name === undefined) throw new SyntaxFault('"capture" needs a name');
  const body = sequence(parser.body(tag).nodes);
  return silent((run) =>
    run.set(
      name,
      run.capture(() => body(run)),
    ),
  );
};

/** `{% increment name %}` writes 0, 1, 2; counters are no variables, though they can be read as such. */
export const increment: CompileTag = ({ text }) =>
  writing((run) => {
    const counters = countersOf(run);
    const value = counters[text] ?? 0;
    counters[text] = value + 1;
    run.write(String(value));
  });

/** `{% decrement name %}` writes -1, -2. */
export const decrement: CompileTag = ({ text }) =>
  writing((run) => {
    const counters = countersOf(run);
    const value = (counters[text] ?? 0) - 1;
    counters[text] = value;
    run.write(String(value));
  });

function countersOf({ state }: Run): Record<string, number> {
  state.counters ??= emptyScope() as Record<string, number>;
  return state.counters;
}
