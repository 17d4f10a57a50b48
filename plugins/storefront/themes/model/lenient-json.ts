import type { Json } from 'kontor/sdk';

/** What was read, with the line on which each object and list begins. */
export type ReadJson =
  | { readonly ok: true; readonly value: Json; lineOf(node: unknown): number }
  | { readonly ok: false; readonly line: number; readonly message: string };

const DEEPEST = 100; // themes of five levels were seen; deeper is an attack on the stack

/** Reads JSON as themes have it: with comments, trailing commas and a byte order mark. */
export function readJson(text: string): ReadJson {
  const lines = new WeakMap<object, number>();
  const reader = createReader(text, lines);
  try {
    const value = reader.document();
    return {
      ok: true,
      value,
      lineOf: (node) => (typeof node === 'object' && node !== null ? lines.get(node) : undefined) ?? 1,
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ok: false, line: lineAt(text, error.at), message: error.message };
  }
}

/** Whether it is an object, as JSON says it. */
export function isObject(value: unknown): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

class Fault extends Error {
  at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const LITERAL = /true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;

function createReader(text: string, lines: WeakMap<object, number>) {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let counted = 0;
  let line = 1;

  return { document };

  function document(): Json {
    const value = read(0);
    skip();
    if (at < text.length) throw new Fault(at, `Expected the end, got '${text[at]}'`);
    return value;
  }

  function read(depth: number): Json {
    skip();
    if (depth > DEEPEST) throw new Fault(at, `Expected at most ${DEEPEST} levels`);
    if (text[at] === '{') return object(depth);
    if (text[at] === '[') return list(depth);
    if (text[at] === '"') return string();
    const literal = match(LITERAL);
    if (literal === undefined) throw new Fault(at, `Expected a value, got ${shown(text[at])}`);
    return JSON.parse(literal) as Json;
  }

  function object(depth: number): Json {
    const made: Record<string, Json> = {};
    lines.set(made, lineHere());
    members('}', () => {
      if (text[at] !== '"') throw new Fault(at, `Expected a name in quotes, got ${shown(text[at])}`);
      const name = string();
      skip();
      if (text[at] !== ':') throw new Fault(at, `Expected ':' behind "${name}", got ${shown(text[at])}`);
      at += 1;
      // Defined, as an assignment to __proto__ would change what the object is.
      const value = read(depth + 1);
      Object.defineProperty(made, name, { value, enumerable: true, writable: true, configurable: true });
    });
    return made;
  }

  function list(depth: number): Json {
    const made: Json[] = [];
    lines.set(made, lineHere());
    members(']', () => made.push(read(depth + 1)));
    return made;
  }

  function members(end: string, readOne: () => void): void {
    at += 1;
    for (skip(); text[at] !== end; skip()) {
      readOne();
      skip();
      if (text[at] === ',') at += 1;
      else if (text[at] !== end) throw new Fault(at, `Expected ',' or '${end}', got ${shown(text[at])}`);
    }
    at += 1;
  }

  function string(): string {
    const from = at;
    const quoted = match(STRING);
    if (quoted === undefined) throw new Fault(from, 'Expected a closing quote');
    try {
      return JSON.parse(quoted) as string;
    } catch {
      // Line breaks and tabs as they are, which stricter readers refuse.
      const mended = quoted.replace(/\p{Cc}/gu, (letter) => JSON.stringify(letter).slice(1, -1));
      try {
        return JSON.parse(mended) as string;
      } catch {
        throw new Fault(from, 'Expected a text, got one with a wrong escape');
      }
    }
  }

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  }

  function skip(): void {
    for (;;) {
      while (at < text.length && /\s/.test(text[at]!)) at += 1;
      if (text.startsWith('//', at)) at = endOf('\n', at);
      else if (text.startsWith('/*', at)) at = endOf('*/', at);
      else return;
    }
  }

  function endOf(mark: string, from: number): number {
    const end = text.indexOf(mark, from + 2);
    if (end === -1 && mark === '*/') throw new Fault(from, 'Expected the end of a comment');
    return end === -1 ? text.length : end + mark.length;
  }

  function lineHere(): number {
    for (; counted < at; counted += 1) if (text[counted] === '\n') line += 1;
    return line;
  }
}

const shown = (letter: string | undefined): string => (letter === undefined ? 'the end' : `'${letter}'`);

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
