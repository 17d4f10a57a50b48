import type { LiquidFilter } from 'kontor/sdk';
import { limitText, spend, spendText } from '../engine/meter.ts';
import { textOf } from '../engine/values/text.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // Of all spellings the one that every mail programme reads.
  '"': '&#34;',
  "'": '&#39;',
};

export function escapeLetter(text: string): string {
  return text.replace(/[&<>"']/g, entityOf);
}

/** Of these the result is HTML already. */
export function escapingFilters({ isHtml }: { isHtml: boolean }): Readonly<Record<string, LiquidFilter>> {
  const filters: Readonly<Record<string, (text: string) => string>> = {
    escape: escapeLetter,
    escape_once: (text) => text.replace(/&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{0,31});)|[<>"']/gi, entityOf),
    newline_to_br: (text) => (isHtml ? escapeLetter(text) : text).replace(/\r?\n/g, '<br>\n'),
  };
  const entries = Object.entries(filters).map(([name, change]) => [name, unescaped(change, isHtml)]);
  return {
    ...Object.fromEntries(entries),
    raw: Object.assign((value: unknown) => value, { isUnescaped: true }),
  };
}

const entityOf = (letter: string): string => ENTITIES[letter]!;

function unescaped(change: (text: string) => string, isHtml: boolean): LiquidFilter {
  const filter: LiquidFilter = (input) => {
    const text = textOf(input);
    spend(text.length >> 4);
    limitText(text.length);
    const result = change(text);
    spendText(result.length);
    return result;
  };
  return isHtml ? Object.assign(filter, { isUnescaped: true } as const) : filter;
}
