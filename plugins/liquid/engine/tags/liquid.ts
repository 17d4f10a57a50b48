import { isBlank, sequence } from '../parsing/nodes.ts';
import { Parser } from '../parsing/parser.ts';
import type { Token } from '../parsing/tokens.ts';
import type { CompileTag } from '../parsing/unit.ts';

const TAG = /^(#|\w+)\s*/;

/** `{% liquid ... %}`: a tag on each line. */
export const liquid: CompileTag = (tag, parser) => {
  const tokens = linesOf(tag, parser.unit.tables.raw);
  const nodes = new Parser(tokens, parser.unit, parser.depth + 1).all();
  return { run: sequence(nodes), isBlank: isBlank(nodes) };
};

function linesOf(tag: Token, raw: ReadonlySet<string>): Token[] {
  const lines = tag.text.split('\n').map((line) => line.trim());
  const tokens: Token[] = [];
  for (let index = 0; index < lines.length; index++) {
    const text = lines[index]!;
    if (text === '') continue;
    const [head = '', name = text.slice(0, 20)] = TAG.exec(text) ?? [];
    const line = tag.line + index;
    if (!raw.has(name)) tokens.push({ kind: 'tag', text: text.slice(head.length), line, name });
    else {
      const end = endOf(name, lines, index + 1);
      const body = lines.slice(index + 1, end).join('\n');
      tokens.push({ kind: 'tag', text: text.slice(head.length), line, name, body, bodyLine: line + 1 });
      index = end;
    }
  }
  return tokens;
}

/** The line that ends a body that is not read; the same may stand in itself. */
function endOf(name: string, lines: readonly string[], from: number): number {
  let depth = 1;
  for (let index = from; index < lines.length; index++) {
    const [, found] = TAG.exec(lines[index]!) ?? [];
    if (found === name) depth += 1;
    else if (found === `end${name}`) depth -= 1;
    if (depth === 0) return index;
  }
  return lines.length;
}
