import { spendText } from '../meter.ts';
import { type Node, writing } from '../parsing/nodes.ts';
import type { Expression } from '../parsing/path.ts';
import type { CompileTag } from '../parsing/unit.ts';
import { textOf } from '../values/text.ts';

/** `{% cycle 'odd', 'even' %}`, `{% cycle group: 'odd', 'even' %}`: one after the other, each time it is reached. */
export const cycle: CompileTag = (tag, parser): Node => {
  const reader = parser.reader(tag.text);
  const options: Expression[] = [];
  let group = reader.value();
  if (!reader.take(':')) {
    if (group) options.push(group);
    group = undefined;
  }
  while (!reader.isAtEnd) {
    const option = reader.value();
    if (option) options.push(option);
    else reader.skip();
  }
  return writing((run) => {
    const { cycles } = run.state;
    // Those without a group are one when they read alike.
    const name = group ? groupName(textOf(group(run))) : `options ${tag.text}`;
    const index = cycles.get(name) ?? 0;
    cycles.set(name, index + 1 >= options.length ? 0 : index + 1);
    const option = options[index];
    if (option) run.write(textOf(option(run)));
  });
};

function groupName(text: string): string {
  spendText(text.length);
  return `group ${text}`;
}
