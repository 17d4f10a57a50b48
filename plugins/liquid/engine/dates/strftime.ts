import { Fault } from '../faults.ts';
import { nameOf } from './names.ts';
import type { Time } from './time-of.ts';
import { isoWeek, isoYear, weekOf, yearDay } from './weeks.ts';

const DIRECTIVE = /%([-_0^#:]*)(\d*)([a-zA-Z%+])/g;
const WIDEST = 99;

type Show = (time: Time, locale: string) => string | number;
type Directive = { show: Show; width?: number; pad?: '0' | ' ' };

/** A time by a pattern of `%Y-%m-%d`, as Ruby reads it; names of months and days in the language of the page. */
export function strftime(input: { time: Time; pattern: string; locale: string }): string {
  const { time, pattern, locale } = input;
  return pattern.replace(DIRECTIVE, (whole, flags: string, width: string, letter: string) => {
    if (Number(width) > WIDEST) throw new Fault('a date is too wide');
    const long = Object.hasOwn(TOGETHER, letter) ? TOGETHER[letter] : undefined;
    if (long !== undefined)
      return cased(padded(strftime({ ...input, pattern: long }), { flags, width, pad: ' ' }), flags);
    if (letter === 'z') return zoneText(time.offset, flags);
    if (!Object.hasOwn(DIRECTIVES, letter)) return whole;
    const { show, width: usual = 0, pad = '0' } = DIRECTIVES[letter]!;
    const value = show(time, locale);
    const usualPad = typeof value === 'number' ? pad : ' ';
    return cased(padded(String(value), { flags, width: width || String(usual), pad: usualPad }), flags);
  });
}

const TOGETHER: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  R: '%H:%M',
  r: '%I:%M:%S %p',
  T: '%H:%M:%S',
  v: '%e-%^b-%Y',
  X: '%H:%M:%S',
  x: '%m/%d/%y',
  '+': '%a %b %e %H:%M:%S %Z %Y',
};

const hour12 = ({ wall }: Time): number => wall.getUTCHours() % 12 || 12;
const isMorning = ({ wall }: Time): boolean => wall.getUTCHours() < 12;

const DIRECTIVES: Readonly<Record<string, Directive>> = {
  '%': { show: () => '%' },
  n: { show: () => '\n' },
  t: { show: () => '\t' },
  a: { show: (time, locale) => nameOf('weekday', 'short', time.wall, locale) },
  A: { show: (time, locale) => nameOf('weekday', 'long', time.wall, locale) },
  b: { show: (time, locale) => nameOf('month', 'short', time.wall, locale) },
  B: { show: (time, locale) => nameOf('month', 'long', time.wall, locale) },
  h: { show: (time, locale) => nameOf('month', 'short', time.wall, locale) },
  C: { show: ({ wall }) => Math.floor(wall.getUTCFullYear() / 100), width: 2 },
  d: { show: ({ wall }) => wall.getUTCDate(), width: 2 },
  e: { show: ({ wall }) => wall.getUTCDate(), width: 2, pad: ' ' },
  g: { show: ({ wall }) => isoYear(wall) % 100, width: 2 },
  G: { show: ({ wall }) => isoYear(wall), width: 4 },
  H: { show: ({ wall }) => wall.getUTCHours(), width: 2 },
  I: { show: hour12, width: 2 },
  j: { show: ({ wall }) => yearDay(wall), width: 3 },
  k: { show: ({ wall }) => wall.getUTCHours(), width: 2, pad: ' ' },
  l: { show: hour12, width: 2, pad: ' ' },
  L: { show: ({ wall }) => String(wall.getUTCMilliseconds()).padStart(3, '0') },
  m: { show: ({ wall }) => wall.getUTCMonth() + 1, width: 2 },
  M: { show: ({ wall }) => wall.getUTCMinutes(), width: 2 },
  N: { show: ({ wall }) => String(wall.getUTCMilliseconds()).padStart(3, '0').padEnd(9, '0') },
  p: { show: (time) => (isMorning(time) ? 'AM' : 'PM') },
  P: { show: (time) => (isMorning(time) ? 'am' : 'pm') },
  s: { show: ({ epoch }) => Math.floor(epoch) },
  S: { show: ({ wall }) => wall.getUTCSeconds(), width: 2 },
  u: { show: ({ wall }) => wall.getUTCDay() || 7 },
  U: { show: ({ wall }) => weekOf(wall, 0), width: 2 },
  V: { show: ({ wall }) => isoWeek(wall), width: 2 },
  w: { show: ({ wall }) => wall.getUTCDay() },
  W: { show: ({ wall }) => weekOf(wall, 1), width: 2 },
  y: { show: ({ wall }) => wall.getUTCFullYear() % 100, width: 2 },
  Y: { show: ({ wall }) => wall.getUTCFullYear(), width: 4 },
  Z: { show: ({ zone }) => zone },
};

function padded(
  text: string,
  { flags, width, pad }: { flags: string; width: string; pad: '0' | ' ' },
): string {
  if (flags.includes('-')) return text;
  const by = flags.includes('_') ? ' ' : flags.includes('0') ? '0' : pad;
  return text.padStart(Number(width), by);
}

function cased(text: string, flags: string): string {
  if (flags.includes('^')) return text.toUpperCase();
  if (!flags.includes('#')) return text;
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

/** `+0100`, or `+01:00` for `%:z` */
function zoneText(offset: number, flags: string): string {
  const minutes = Math.abs(offset);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'));
  return `${offset < 0 ? '-' : '+'}${hours}${flags.includes(':') ? ':' : ''}${rest}`;
}
