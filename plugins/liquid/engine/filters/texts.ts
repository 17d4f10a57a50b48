import type { LiquidFilter } from 'kontor/sdk';
import { ENTRIES, limitText, spend, spendList, spendSearch, spendText } from '../meter.ts';
import { textOf } from '../values/text.ts';
import { countLetters, unitOf } from './letters.ts';
import { replaceAll, replaceFirst, replaceLast } from './replace.ts';
import { firstWords } from './words.ts';
import { integerOf, numberOf } from '../values/numbers.ts';

/** What takes a text and gives one; of nothing they make an empty one. */
export const TEXTS: Readonly<Record<string, LiquidFilter>> = {
  append: (input, { args: [more] }) => joined(textOf(input), textOf(more)),
  prepend: (input, { args: [more] }) => joined(textOf(more), textOf(input)),
  upcase: changed((text) => text.toUpperCase()),
  downcase: changed((text) => text.toLowerCase()),
  capitalize: changed((text) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase()),
  camelize: changed(camelize),
  handleize: changed(handleize),
  handle: changed(handleize),
  camelcase: changed(camelize),
  strip: changed((text) => text.trim()),
  lstrip: changed((text) => text.trimStart()),
  rstrip: changed((text) => text.trimEnd()),
  squish: changed((text) => text.trim().replace(/\s+/g, ' ')),
  strip_newlines: changed((text) => text.replace(/\r?\n/g, '')),
  replace: (input, { args: [what, by] }) => replaceAll(textOf(input), textOf(what), textOf(by)),
  replace_first: (input, { args: [what, by] }) => replaceFirst(textOf(input), textOf(what), textOf(by)),
  replace_last: (input, { args: [what, by] }) => replaceLast(textOf(input), textOf(what), textOf(by)),
  remove: (input, { args: [what] }) => replaceAll(textOf(input), textOf(what), ''),
  remove_first: (input, { args: [what] }) => replaceFirst(textOf(input), textOf(what), ''),
  remove_last: (input, { args: [what] }) => replaceLast(textOf(input), textOf(what), ''),
  split: (input, { args: [by] }) => split(textOf(input), textOf(by)),
  truncate: (input, { args: [length = 50, end = '...'] }) =>
    truncate(textOf(input), integerOf(length), textOf(end)),
  truncatewords: (input, { args: [count = 15, end = '...'] }) =>
    isNothing(input) ? undefined : truncateWords(textOf(input), integerOf(count), textOf(end)),
  pluralize: (input, { args: [one, many] }) => {
    const word = textOf(one);
    return Number(numberOf(input)) === 1 ? word : many === undefined ? `${word}s` : textOf(many);
  },
};

export const isNothing = (value: unknown): boolean => value === null || value === undefined;

/** Pays for the text that comes and for the one that goes. */
export function changed(change: (text: string) => string): LiquidFilter {
  return (input) => {
    const text = textOf(input);
    spend(text.length >> 4);
    limitText(text.length);
    const result = change(text);
    spendText(result.length);
    return result;
  };
}

function joined(one: string, other: string): string {
  spendText(one.length + other.length);
  return one + other;
}

function camelize(text: string): string {
  const joined = text.replace(/[^\p{L}\p{N}]+(.?)/gu, (_, letter: string) => letter.toUpperCase());
  return joined.slice(0, 1).toUpperCase() + joined.slice(1);
}

/** As addresses of products are written: `Tea & Milk` is `tea-milk`. */
function handleize(text: string): string {
  const plain = text.toLowerCase().replace(/['’]/g, '');
  return plain.replace(/[^\p{L}\p{N}_]+/gu, '-').replace(/^-|-$/g, '');
}

function split(text: string, by: string): string[] {
  spendSearch(text, by);
  // One more than there may be, so that it is seen before all of them are made.
  const most = ENTRIES + 1;
  if (by === '') spendList(text.length);
  const parts =
    by === ' ' ? firstWords(text, most).found : by === '' ? Array.from(text) : text.split(by, most);
  spendList(parts.length);
  while (parts.at(-1) === '') parts.pop();
  return parts;
}

/** The end counts: `truncate: 5` of `a long text` is `a ...`. */
function truncate(text: string, length: number, end: string): string {
  spend(text.length >> 4);
  if (text.length <= length || countLetters(text) <= length) return text;
  return text.slice(0, unitOf(text, length - countLetters(end))) + end;
}

function truncateWords(text: string, count: number, end: string): string {
  spend(text.length >> 3);
  const { found, isMore } = firstWords(text, Math.max(1, Math.min(count, ENTRIES)));
  if (found.length === 0) return '';
  return isMore ? found.join(' ') + end : text;
}
