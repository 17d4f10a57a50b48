import { spend, spendText } from '../meter.ts';

/** Knows how long the result will be before there is one. */
export function replaceAll(text: string, what: string, by: string): string {
  spend(text.length >> 3);
  if (what === '') {
    spendText(text.length * (by.length + 1) + by.length);
    return by + Array.from(text, (letter) => letter + by).join('');
  }
  let count = 0;
  for (let at = text.indexOf(what); at !== -1; at = text.indexOf(what, at + what.length)) count += 1;
  if (count === 0) return text;
  spendText(text.length + count * (by.length - what.length));
  return text.split(what).join(by);
}

export const replaceFirst = (text: string, what: string, by: string): string =>
  put(text, text.indexOf(what), what.length, by);

export const replaceLast = (text: string, what: string, by: string): string =>
  put(text, text.lastIndexOf(what), what.length, by);

function put(text: string, at: number, length: number, by: string): string {
  if (at === -1) return text;
  spendText(text.length + by.length);
  return text.slice(0, at) + by + text.slice(at + length);
}
