import type { LiquidFilter } from 'kontor/sdk';
import { date as themeDate } from '../engine/filters/date.ts';

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
export const date: LiquidFilter = (value, call) => {
  if (value === null || value === undefined || value === '') return '';
  const { args, run } = call;
  const pattern = String(args[0] ?? 'long');
  const time = value === 'now' || value === 'today' ? run.now : new Date(value as string);
  if (Number.isNaN(time.getTime())) return value;
  if (!Object.hasOwn(STYLES, pattern)) return themeDate(time, call);
  const { locale, timeZone } = run;
  return new Intl.DateTimeFormat(locale, { ...STYLES[pattern], timeZone }).format(time);
};
