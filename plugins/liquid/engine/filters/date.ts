import type { LiquidFilter, LiquidRun } from 'kontor/sdk';
import { Fault } from '../faults.ts';
import { spend } from '../meter.ts';
import { strftime } from '../dates/strftime.ts';
import { timeOf } from '../dates/time-of.ts';
import { textOf } from '../values/text.ts';

// `date: format: 'short'`, by the names that Shopify gives them.
const STYLES: Readonly<Record<string, string>> = {
  abbreviated_date: '%b %-d, %Y',
  basic: '%-m/%-d/%Y',
  date: '%B %-d, %Y',
  date_at_time: '%B %-d, %Y at %-I:%M %p',
  default: '%A, %B %-d, %Y at %-I:%M %p %z',
  on_date: 'on %b %-d, %Y',
  short: '%-d %b %H:%M',
  long: '%B %-d, %Y %H:%M',
};

/** `{{ at | date: '%Y-%m-%d' }}`; what is no time stays as it is. */
export const date: LiquidFilter = (input, { args: [pattern], named: { format }, run }) => {
  const style = format === undefined ? undefined : textOf(format);
  const asked = style === undefined ? textOf(pattern) : (STYLES[style] ?? style);
  const isNothing = input === null || input === undefined || input === '';
  return asked === '' || isNothing ? input : dateText(input, asked, run);
};

export function dateText(
  input: unknown,
  pattern: string,
  run: Pick<LiquidRun, 'locale' | 'timeZone' | 'now'>,
): unknown {
  if (pattern.length > 500) throw new Fault('the format of a date is too long');
  spend(50 + pattern.length * 4);
  const time = timeOf(input, run);
  return time ? strftime({ time, pattern, locale: run.locale }) : input;
}
