import { Fault } from '../faults.ts';
import { limitText, spend, spendText } from '../meter.ts';
import { isNumeric, numberText } from './float.ts';
import { type Hash, isDrop } from './kinds.ts';
import { Range } from './range.ts';
import { Special } from './special.ts';

const DEPTH = 50;

/** As `{{ value }}` writes it: nothing for nothing, the entries of a list one after the other. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return numberText(value);
  if (typeof value !== 'object') return typeof value === 'function' ? '' : String(value);
  return objectText(value, 0);
}

function objectText(value: object, depth: number): string {
  if (Array.isArray(value)) return listText(value, depth);
  if (isDrop(value)) return value.liquidText ?? '';
  if (isNumeric(value)) return numberText(value);
  if (value instanceof Special) return '';
  if (value instanceof Range) return value.toString();
  if (value instanceof Date) return timeText(value);
  return inspect(value, depth);
}

/** Entries cost when they are empty too: a list may hold another as often as it likes. */
function listText(list: readonly unknown[], depth: number): string {
  if (depth > DEPTH) throw new Fault('Nesting too deep');
  spend(list.length / 4);
  let text = '';
  for (const entry of list) {
    text += typeof entry === 'object' && entry !== null ? objectText(entry, depth + 1) : textOf(entry);
    limitText(text.length);
  }
  if (text.length > 100) spendText(text.length);
  return text;
}

const timeText = (time: Date): string =>
  Number.isNaN(time.getTime()) ? '' : `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** A hash, for those who look for a mistake: `{"title"=>"Tea", "tags"=>["a"]}`. */
function inspect(value: unknown, depth: number): string {
  if (depth > DEPTH) return '...';
  if (value === null || value === undefined) return 'nil';
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || isDrop(value) || isNumeric(value) || value instanceof Date)
    return textOf(value);
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((entry) => inspect(entry, depth + 1))
    : Object.keys(value).map((key) => `${quoted(key)}=>${inspect((value as Hash)[key], depth + 1)}`);
  spend(parts.length);
  const text = parts.join(', ');
  spendText(text.length);
  return isList ? `[${text}]` : `{${text}}`;
}

function quoted(text: string): string {
  spendText(text.length);
  return JSON.stringify(text);
}
