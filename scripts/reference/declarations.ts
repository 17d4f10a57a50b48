import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One exported name, or several that are exported together. */
export type Declaration = {
  readonly names: readonly string[];
  /** The file it stands in, from the root. */
  readonly file: string;
  /** The text of its doc comment without the stars; empty when it has none. */
  readonly doc: string;
  /** The declaration without bodies, as an author reads it. */
  readonly signature: string;
};

const EXPORT = /^export (?:async )?(?:function|const|class|interface|type)\s+(\w+)/;
const FROM = /^export (type )?(\*|\{[^}]*\}) from '([^']+)';/;

/**
 * Reads what a module exports, in the order in which it stands there; `export *` is followed. It knows the code of this
 * repository as the formatter leaves it: declarations begin and end in the first column.
 */
export function declarationsOf(root: string, file: string): Declaration[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found: Declaration[] = [];
  for (const { at, doc } of exportsIn(text)) {
    const rest = text.slice(at);
    const from = FROM.exec(rest);
    if (from) found.push(...forwarded({ root, file, doc, what: from[2]!, target: from[3]! }));
    else found.push({ names: [EXPORT.exec(rest)![1]!], file, doc, signature: signatureOf(wholeOf(rest)) });
  }
  return joined(found);
}

function exportsIn(text: string): { at: number; doc: string }[] {
  const places: { at: number; doc: string }[] = [];
  for (const match of text.matchAll(/^export /gm)) {
    const rest = text.slice(match.index);
    if (EXPORT.test(rest) || FROM.test(rest))
      places.push({ at: match.index, doc: docBefore(text, match.index) });
  }
  return places;
}

/** The doc comment right before a place; comments for the linter may stand in between. */
function docBefore(text: string, at: number): string {
  const before = text.slice(0, at).replace(/(?:\/\/[^\n]*\n)+$/, '');
  if (!before.endsWith('*/\n')) return '';
  const comment = before.slice(before.lastIndexOf('/**'));
  if (!comment.startsWith('/**')) return '';
  return comment
    .replace(/^\/\*\*/, '')
    .replace(/\*\/\n$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim();
}

function forwarded(input: {
  root: string;
  file: string;
  doc: string;
  what: string;
  target: string;
}): Declaration[] {
  const { root, file, doc, what, target } = input;
  const names = [...what.matchAll(/(?:type\s+)?(\w+)/g)].map(([, name]) => name!);
  if (!target.startsWith('.')) {
    return [{ names, file, doc, signature: `export { ${names.join(', ')} } from '${target}';` }];
  }
  const there = declarationsOf(root, join(dirname(file), target));
  return what === '*' ? there : there.filter((one) => one.names.some((name) => names.includes(name)));
}

/** From `export` up to what begins next in the first column; closing brackets there are still part of it. */
function wholeOf(rest: string): string {
  const lines = rest.split('\n');
  const next = lines.findIndex((line, index) => index > 0 && /^[^\s})\]>]/.test(line));
  return lines
    .slice(0, next === -1 ? lines.length : next)
    .join('\n')
    .trimEnd();
}

function signatureOf(whole: string): string {
  const text = whole.replace(/^export /, '');
  if (/^(async )?function/.test(text)) return text.slice(0, bodyOf(text)).trimEnd().replace(/;?$/, ';');
  if (text.startsWith('class')) return text.replace(/ \{\n(?: {4,}.*\n|\n)* {2}\}$/gm, ';');
  // A long constant is a page of its own; its name and how it begins are enough here.
  if (text.startsWith('const') && text.split('\n').length > 10) return `${text.split('(', 1)[0]}(…);`;
  return text;
}

/** Where the body of a function begins: the first brace that is not part of a type. */
function bodyOf(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]!;
    if (letter === '{' && depth === 0 && !/([:|&<,=(]|\bextends)\s*$/.test(text.slice(0, at))) return at;
    if ('([{'.includes(letter)) depth += 1;
    if (')]}'.includes(letter)) depth -= 1;
  }
  return text.length;
}

/** Overloads are one declaration; the signature behind them is nobody's business. */
function joined(found: readonly Declaration[]): Declaration[] {
  const byName = new Map<string, Declaration[]>();
  for (const one of found) {
    const key = one.names.join();
    byName.set(key, [...(byName.get(key) ?? []), one]);
  }
  return [...byName.values()].map((all) => {
    const shown = all.length > 1 ? all.slice(0, -1) : all;
    const signature = shown.map((one) => one.signature).join('\n');
    return { ...all[0]!, doc: all.map((one) => one.doc).find(Boolean) ?? '', signature };
  });
}
