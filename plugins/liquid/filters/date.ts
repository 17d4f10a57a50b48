import type { Run } from '../services/engine.ts';

type Handler = (this: { context: unknown }, ...args: unknown[]) => unknown;

const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  short: { dateStyle: 'short' },
  medium: { dateStyle: 'medium' },
  long: { dateStyle: 'long' },
  full: { dateStyle: 'full' },
  time: { timeStyle: 'short' },
  datetime: { dateStyle: 'long', timeStyle: 'short' },
};

/**
 * `{{ at | date }}`, `{{ at | date: 'datetime' }}` in the language of the reader, `{{ at | date: '%Y-%m-%d' }}` as in themes;
 * always in the time zone of the store.
 */
export function createDateFilter(run: () => Run, strftime: Handler) {
  return function (this: { context: unknown }, value: unknown, format: unknown = 'long'): unknown {
    if (value === null || value === undefined || value === '') return '';
    const { locale, now, timeZone } = run();
    const pattern = String(format);
    const time = value === 'now' || value === 'today' ? now : new Date(value as string);
    if (Number.isNaN(time.getTime())) return value;
    if (!Object.hasOwn(STYLES, pattern)) return strftime.call(this, time, safe(pattern), timeZone);
    return new Intl.DateTimeFormat(locale, { ...STYLES[pattern], timeZone }).format(time);
  };
}

/** `%999999999Y` would be a text of that length. */
function safe(pattern: string): string {
  if (pattern.length > 200 || /%[^a-zA-Z%]*\d{3}/.test(pattern))
    throw new Error('the format of a date is too long');
  return pattern;
}
