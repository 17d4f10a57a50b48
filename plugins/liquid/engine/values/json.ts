import { Fault } from '../faults.ts';
import { limitText, spend, spendText } from '../meter.ts';
import { isNumeric } from './float.ts';
import { type Hash, isDrop } from './kinds.ts';
import { Range } from './range.ts';
import { Special } from './special.ts';

const DEPTH = 50;
const UNSAFE: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** Safe inside `<script>`, where `</script>` in a text would end it. A drop prints what it says and nothing else. */
export function jsonOf(value: unknown): string {
  return write(value, 0).replace(/[<>&\u2028\u2029]/g, (letter) => UNSAFE[letter]!);
}

function write(value: unknown, depth: number): string {
  if (depth > DEPTH) throw new Fault('Nesting too deep');
  if (typeof value === 'string') {
    spendText(value.length);
    return JSON.stringify(value);
  }
  spend(1);
  if (value === null || value === undefined || typeof value === 'function') return 'null';
  if (typeof value !== 'object') return finite(value);
  if (isDrop(value)) return write(value.liquidJson?.(), depth + 1);
  if (isNumeric(value)) return `${Number(value)}.0`;
  if (value instanceof Special) return '""';
  if (value instanceof Range) return `"${value.toString()}"`;
  if (value instanceof Date) return JSON.stringify(value);
  return together(value, depth);
}

const finite = (value: unknown): string =>
  typeof value === 'number' && !Number.isFinite(value) ? 'null' : String(value);

function together(value: object, depth: number): string {
  const isList = Array.isArray(value);
  let text = '';
  let separator = '';
  for (const key of Object.keys(value)) {
    const entry = (value as Hash)[key];
    if (!isList && (entry === undefined || typeof entry === 'function')) continue;
    text += separator + (isList ? '' : `${JSON.stringify(key)}:`) + write(entry, depth + 1);
    separator = ',';
    limitText(text.length);
  }
  spendText(text.length);
  return isList ? `[${text}]` : `{${text}}`;
}
