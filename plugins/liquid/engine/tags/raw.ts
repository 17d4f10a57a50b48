import { silent, textNode, writing } from '../parsing/nodes.ts';
import type { CompileTag } from '../parsing/unit.ts';

/** `{% echo value | filters %}`: an output, for `liquid`. */
export const echo: CompileTag = (tag, parser) => writing(parser.output(tag.text));

/** `{% raw %}`: written as it stands. */
export const raw: CompileTag = ({ body = '' }) => ({ run: textNode(body).run, isBlank: false });

/** `{% comment %}`, `{% # ... %}` */
export const comment: CompileTag = () => silent(() => {});

/** `{% schema %}` and its like: data beside the template, for whoever compiles the theme. The first counts. */
export const data: CompileTag = ({ name, body = '', bodyLine = 1 }, { unit }) => {
  if (!unit.bodies.has(name)) unit.bodies.set(name, { text: body, line: bodyLine });
  return silent(() => {});
};
