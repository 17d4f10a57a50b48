import { SyntaxFault } from '../faults.ts';
import { withoutBlanksAfter, withoutBlanksBefore } from './blanks.ts';
import { rawBody } from './raw-body.ts';

/** A piece of a template. `text` is what stands there, of a tag what stands behind its name. */
export type Token = {
  readonly kind: 'text' | 'output' | 'tag';
  readonly text: string;
  readonly line: number;
  /** Of a tag. */
  readonly name: string;
  /** Of a tag whose body is not read. */
  readonly body?: string | undefined;
  readonly bodyLine?: number;
};

const NAME = /(\s*)(#|\w*)[^\S\n]*/y;

/**
 * Cuts a template into texts, outputs and tags, in one pass forward, so that the time grows as the text does.
 *
 * @param raw - tags whose bodies are taken as they stand
 */
export function tokensOf(source: string, raw: ReadonlySet<string>): Token[] {
  const tokens: Token[] = [];
  const lines = createLines(source);
  let at = 0;
  let isTrimmed = false;

  while (at < source.length) {
    const open = nextMark(source, at);
    pushText(at, open);
    if (open === source.length) break;
    if (source[open + 1] === '%') readTag(open);
    else readOutput(open);
  }
  return tokens;

  function pushText(from: number, to: number): void {
    const line = lines.at(from);
    let text = source.slice(from, to);
    if (isTrimmed) text = withoutBlanksBefore(text);
    if (source[to + 2] === '-') text = withoutBlanksAfter(text);
    if (text) tokens.push({ kind: 'text', text, line, name: '' });
  }

  function readOutput(open: number): void {
    const end = endOf(open, '}}');
    const { markup } = inside(open, end);
    tokens.push({ kind: 'output', text: markup.trim(), line: lines.at(open), name: '' });
  }

  function readTag(open: number): void {
    const end = endOf(open, '%}');
    const { markup, from } = inside(open, end);
    NAME.lastIndex = 0;
    const [head = '', before = '', name = ''] = NAME.exec(markup) ?? [];
    const line = lines.at(from + before.length);
    const rest = markup.slice(head.length);
    // The lines of `liquid` are counted from its name on.
    const tag = { kind: 'tag', text: name === 'liquid' ? rest.trimEnd() : rest.trim(), line, name } as const;
    tokens.push(raw.has(name) ? withBody(tag) : tag);
  }

  function withBody(tag: Token): Token {
    const found = rawBody({ source, name: tag.name, from: at });
    if (!found) throw new SyntaxFault(`tag {% ${tag.name} %} not closed`, tag.line);
    let body = source.slice(at, found.end);
    const bodyLine = lines.at(at);
    if (isTrimmed) body = withoutBlanksBefore(body);
    if (found.trimsBefore) body = withoutBlanksAfter(body);
    at = found.after;
    isTrimmed = found.trimsAfter;
    return { ...tag, body, bodyLine };
  }

  function endOf(open: number, mark: '}}' | '%}'): number {
    const end = source.indexOf(mark, open + 2);
    if (end !== -1) return end;
    const what = mark === '}}' ? 'output' : 'tag';
    throw new SyntaxFault(
      `${what} ${JSON.stringify(source.slice(open, open + 20))} not closed`,
      lines.at(open),
    );
  }

  /** What stands between the marks; the next text begins behind them. */
  function inside(open: number, end: number): { markup: string; from: number } {
    const from = open + (source[open + 2] === '-' ? 3 : 2);
    isTrimmed = source[end - 1] === '-' && end - 1 >= open + 2;
    at = end + 2;
    return { markup: source.slice(from, Math.max(from, isTrimmed ? end - 1 : end)), from };
  }
}

/** Where the next `{{` or `{%` stands, or the end. */
function nextMark(source: string, from: number): number {
  for (let open = source.indexOf('{', from); open !== -1; open = source.indexOf('{', open + 1)) {
    const next = source[open + 1];
    if (next === '{' || next === '%') return open;
  }
  return source.length;
}

/** Lines of places that are asked for in their order. */
function createLines(source: string) {
  let line = 1;
  let counted = 0;
  return {
    at(place: number): number {
      for (; counted < place; counted++) if (source.charCodeAt(counted) === 10) line += 1;
      return line;
    },
  };
}
