import { silent } from '../parsing/nodes.ts';
import type { CompileTag } from '../parsing/unit.ts';
import { textOf } from '../values/text.ts';

/** `{% layout 'other' %}`, `{% layout none %}`: for whoever puts the page into its frame. */
export const layout: CompileTag = (tag, parser) => {
  const name = tag.text === 'none' ? () => null : parser.reader(tag.text).value();
  return silent((run) => {
    const value = name?.(run);
    run.layout = value === null || value === undefined ? null : textOf(value);
  });
};
