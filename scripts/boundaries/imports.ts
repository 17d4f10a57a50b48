/** One import of a file: what is named, on which line, and whether only types come of it. Undefined is a computed name. */
export type Import = { specifier: string | undefined; line: number; isType: boolean };

type Token = { kind: 'word' | 'text' | 'sign'; value: string; line: number };

/**
 * Every import of a module: static, dynamic, side effects, re-exports, `import('x').Type`, require. Words in comments,
 * texts, templates and patterns are not taken for imports.
 */
export function importsOf(source: string): Import[] {
  const tokens = tokensOf(source);
  return tokens.flatMap((token, index): Import[] => {
    if (token.kind !== 'word' || tokens[index - 1]?.value === '.') return [];
    const [next, after] = [tokens[index + 1], tokens[index + 2]];
    const found = (specifier: string | undefined, isType = false) => [
      { specifier, line: token.line, isType },
    ];
    if (token.value === 'from' && next?.kind === 'text') return found(next.value, isTypeOnly(tokens, index));
    if (token.value === 'import' && next?.kind === 'text') return found(next.value);
    if (next?.value !== '(' || (token.value !== 'import' && token.value !== 'require')) return [];
    if (after?.kind === 'text') return found(after.value);
    // A method may be called so: `import(file: string): void`, `require(feature)`.
    return token.value === 'import' && tokens[index + 3]?.value !== ':' ? found(undefined) : [];
  });
}

/** Whether the statement that a `from` ends begins with `import type` or `export type`. */
function isTypeOnly(tokens: readonly Token[], from: number): boolean {
  for (let index = from - 1; index >= 0; index--) {
    const { value, kind } = tokens[index]!;
    if (kind === 'word' && (value === 'import' || value === 'export'))
      return tokens[index + 1]?.value === 'type';
  }
  return false;
}

/** Words after which a slash begins a pattern, where it would divide after any other word. */
const BEFORE_PATTERN = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'delete',
  'void',
  'throw',
  'new',
  'else',
  'do',
  'await',
  'yield',
]);
const PARTS =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?<text>'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*")|(?<word>[\p{ID_Start}$_#@][\p{ID_Continue}$]*)|\d[\w.]*|(?<sign>[^\s])/uy;
const PATTERN = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/uy;

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  /** For each open template how many braces are open in its hole. */
  const holes: number[] = [];
  let line = 1;
  let at = 0;
  const take = (end: number) => {
    line += source.slice(at, end).split('\n').length - 1;
    at = end;
  };
  while (at < source.length) {
    const letter = source[at]!;
    if (/\s/.test(letter)) take(at + 1);
    else if (letter === '`' || (letter === '}' && holes.at(-1) === 0)) {
      if (letter === '}') holes.pop();
      const { end, isHole } = templateFrom(source, at + 1);
      if (isHole) holes.push(0);
      tokens.push({ kind: 'sign', value: '`', line });
      take(end);
    } else if (letter === '/' && beginsPattern(source, at, tokens.at(-1))) {
      tokens.push({ kind: 'sign', value: '/', line });
      take(PATTERN.lastIndex);
    } else {
      PARTS.lastIndex = at;
      const groups = PARTS.exec(source)?.groups ?? {};
      const { text, word, sign } = groups;
      if (holes.length > 0 && sign === '{') holes[holes.length - 1]! += 1;
      if (holes.length > 0 && sign === '}') holes[holes.length - 1]! -= 1;
      if (text) tokens.push({ kind: 'text', value: text.slice(1, -1), line });
      if (word) tokens.push({ kind: 'word', value: word, line });
      if (sign) tokens.push({ kind: 'sign', value: sign, line });
      take(Math.max(PARTS.lastIndex, at + 1));
    }
  }
  return tokens;
}

/** Where the letters of a template end: at its closing quote, or at a hole with code in it. */
function templateFrom(source: string, start: number): { end: number; isHole: boolean } {
  for (let at = start; at < source.length; at++) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === '`') return { end: at + 1, isHole: false };
    else if (source.startsWith('${', at)) return { end: at + 2, isHole: true };
  }
  return { end: source.length, isHole: false };
}

function beginsPattern(source: string, at: number, before: Token | undefined): boolean {
  if (source[at + 1] === '/' || source[at + 1] === '*') return false;
  const isValue =
    before &&
    (before.kind === 'text' ||
      (before.kind === 'word' ? !BEFORE_PATTERN.has(before.value) : /[)\]`]/.test(before.value)));
  PATTERN.lastIndex = at;
  return !isValue && PATTERN.test(source);
}
