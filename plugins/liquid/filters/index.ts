import type { FilterImplOptions, Liquid } from 'liquidjs';
import type { Run } from '../services/engine.ts';
import { createDateFilter } from './date.ts';
import { escapeHtml, newlineToBr } from './html.ts';
import { createMoneyFilter, createNumberFilter } from './money.ts';
import { stripHtml } from './strip-html.ts';

type Handler = (this: { context: unknown }, ...args: unknown[]) => unknown;

// What themes know from Shopify. Others of the library parse expressions, hash, or are chance.
const STANDARD =
  'strip lstrip rstrip strip_newlines upcase downcase capitalize append prepend replace replace_first replace_last remove remove_first remove_last split truncate truncatewords slice url_encode url_decode base64_encode base64_decode ' +
  'abs at_least at_most ceil divided_by floor minus modulo plus round times ' +
  'compact concat first join last map reverse size sort sort_natural sum uniq where reject has find find_index default json raw';

const LETTERS = 1_000_000; // of one text
const ENTRIES = 100_000; // of one list

/** Filters of one engine; those of the library, and our own for people, places and HTML. */
export function createFilters({ isHtml, run }: { isHtml: boolean; run: () => Run }) {
  return {
    escape: (value: unknown) => escapeHtml(value),
    install(engine: Liquid): void {
      const library = { ...engine.filters };
      for (const name of Object.keys(library)) delete engine.filters[name];
      const own: Record<string, FilterImplOptions> = {
        money: createMoneyFilter(run),
        number: createNumberFilter(run),
        date: createDateFilter(run, library.date as Handler),
        strip_html: (value: unknown) => stripHtml(textOf(value)),
        // Of these the result is HTML already.
        escape: { raw: isHtml, handler: escapeHtml },
        escape_once: { raw: isHtml, handler: (value: unknown) => escapeHtml(value, { isOnce: true }) },
        newline_to_br: { raw: isHtml, handler: (value: unknown) => newlineToBr(value, { isHtml }) },
      };
      const standard = STANDARD.split(' ').map((name) => [name, library[name]!] as const);
      for (const [name, filter] of [...standard, ...Object.entries(own)])
        engine.registerFilter(name, metered(filter, run));
    },
  };
}

/** A filter costs by the size of what goes in, and what comes out has a limit. */
function metered(filter: FilterImplOptions, run: () => Run): FilterImplOptions {
  const handler = (typeof filter === 'function' ? filter : filter.handler) as Handler;
  const raw = typeof filter === 'function' ? false : filter.raw === true;
  return {
    raw,
    handler(...args: unknown[]) {
      run().fuel.use(args.reduce((sum: number, arg) => sum + sizeOf(arg) / 16, 5));
      const result = handler.apply(this as { context: unknown }, args);
      if (sizeOf(result) > (Array.isArray(result) ? ENTRIES : LETTERS))
        throw new Error('a text or list of this template is too long');
      return result;
    },
  };
}

const sizeOf = (value: unknown): number =>
  typeof value === 'string' || Array.isArray(value) ? value.length : 1;

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
