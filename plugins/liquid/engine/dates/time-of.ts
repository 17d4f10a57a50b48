import { isNumeric } from '../values/float.ts';
import { plainOf } from '../values/kinds.ts';
import { partsIn } from './zone.ts';

/** A moment as somebody's clock shows it. */
export type Time = {
  /** Seconds since 1970, with a fraction. */
  readonly epoch: number;
  /** What the clock shows, as if it were UTC. */
  readonly wall: Date;
  /** Ahead of UTC, in minutes. */
  readonly offset: number;
  readonly zone: string;
};

const WRITTEN =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s?(Z|UTC|[+-]\d{2}:?\d{2})?(?: UTC)?$/;
const NAMED = /^\w{3,9},? .{1,60}$/;

/** A Date is shown in the page's zone, a text in the zone that it names, else as it stands. */
export function timeOf(input: unknown, { now, timeZone }: { now: Date; timeZone: string }): Time | undefined {
  const value = plainOf(input);
  if (value instanceof Date) return inZone(value, timeZone);
  if (value === 'now' || value === 'today') return inZone(now, timeZone);
  if (isNumeric(value)) return inZone(new Date(Number(value) * 1000), timeZone);
  if (typeof value !== 'string' || value.length > 100) return undefined;
  if (/^\d{1,12}$/.test(value)) return inZone(new Date(Number(value) * 1000), timeZone);
  return written(value.trim(), timeZone);
}

function written(text: string, timeZone: string): Time | undefined {
  const found = WRITTEN.exec(text);
  if (!found) return NAMED.test(text) ? named(text, timeZone) : undefined;
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '0', zone] = found;
  const milliseconds = Math.floor(Number(`0.${fraction}`) * 1000);
  const wall = Date.UTC(+year!, +month! - 1, +day!, +hour, +minute, +second, milliseconds);
  return zone === undefined ? standing(new Date(wall), timeZone) : shifted(new Date(wall), zone);
}

/** `March 14, 2016`, `Fri, 24 Nov 2023 10:00:00 +0100` */
function named(text: string, timeZone: string): Time | undefined {
  const zone = /(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$/.exec(text)?.[0];
  const wall = new Date(`${zone === undefined ? text : text.slice(0, -zone.length)} UTC`);
  if (Number.isNaN(wall.getTime())) return undefined;
  return zone === undefined ? standing(wall, timeZone) : shifted(wall, zone);
}

function inZone(date: Date, timeZone: string): Time | undefined {
  if (Number.isNaN(date.getTime())) return undefined;
  const { wall, zone } = partsIn(date, timeZone);
  const offset = Math.round((wall.getTime() - date.getTime()) / 60_000);
  return { epoch: date.getTime() / 1000, wall, offset, zone };
}

/** A text without a zone is what the clock in the page's zone shows. */
function standing(wall: Date, timeZone: string): Time | undefined {
  const guess = inZone(wall, timeZone);
  return guess && { ...guess, wall, epoch: wall.getTime() / 1000 - guess.offset * 60 };
}

function shifted(wall: Date, zone: string): Time | undefined {
  if (Number.isNaN(wall.getTime())) return undefined;
  const [, sign, hours = 0, minutes = 0] = /([+-])(\d{2}):?(\d{2})/.exec(zone) ?? [];
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return { epoch: wall.getTime() / 1000 - offset * 60, wall, offset, zone: sign ? '' : 'UTC' };
}
