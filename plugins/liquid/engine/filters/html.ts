import type { LiquidFilter } from 'kontor/sdk';
import { stripHtml } from './strip-html.ts';
import { changed, isNothing } from './texts.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeAll = changed(escapeHtml);

export const HTML: Readonly<Record<string, LiquidFilter>> = {
  escape: (input, call) => (isNothing(input) ? undefined : escapeAll(input, call)),
  escape_once: changed((text) =>
    text.replace(/&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{0,31});)|[<>"']/gi, entityOf),
  ),
  newline_to_br: changed((text) => text.replace(/\r?\n/g, '<br />\n')),
  strip_html: changed(stripHtml),
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, entityOf);
}

const entityOf = (letter: string): string => ENTITIES[letter]!;
