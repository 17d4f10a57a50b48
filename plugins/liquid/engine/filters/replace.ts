import { ENTRIES, spendSearch, spendText } from '../meter.ts';

/** Knows how often and how long before anything is made. */
export function replaceAll(text: string, what: string, by: string): string {
  spendSearch(text, what);
  if (what === '') return between(text, by);
  let count = 0;
  for (let at = text.indexOf(what); at !== -1; at = text.indexOf(what, at + what.length)) count += 1;
  if (count === 0) return text;
  spendParts(count, text.length + count * (by.length - what.length));
  return text.split(what).join(by);
}

/** Before, between and after all letters. */
function between(text: string, by: string): string {
  spendParts(text.length, text.length * (by.length + 1) + by.length);
  return by + Array.from(text, (letter) => letter + by).join('');
}

/** The parts are a list for a moment. */
function spendParts(count: number, length: number): void {
  spendText(count > ENTRIES ? Number.POSITIVE_INFINITY : length);
}

export function replaceFirst(text: string, what: string, by: string): string {
  spendSearch(text, what);
  return put(text, text.indexOf(what), what.length, by);
}

export function replaceLast(text: string, what: string, by: string): string {
  spendSearch(text, what);
  return put(text, text.lastIndexOf(what), what.length, by);
}

function put(text: string, at: number, length: number, by: string): string {
  if (at === -1) return text;
  spendText(text.length + by.length);
  return text.slice(0, at) + by + text.slice(at + length);
}
