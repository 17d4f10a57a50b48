import { type Cradle, refused, type Result } from 'kontor/sdk';
import { readCsv } from '../services/read-csv.ts';
import { MOST_REDIRECTS, saveRedirects } from './save-redirects.ts';

const FROM = /^(redirect[ _-]?)?from( path)?$|^source$|^old( path| url)?$/i;
const TO = /^(redirect[ _-]?)?to$|^target$|^destination$|^new( path| url)?$/i;

/** Takes redirects from CSV text: two columns, with or without a line that names them; all or none. */
export async function importRedirects(
  services: Cradle,
  csv: string,
): Promise<Result<{ saved: number }, 'invalid' | 'loop' | 'tooMany'>> {
  const rows = readCsv(csv).filter((row) => row.cells.some((cell) => cell.trim() !== ''));
  if (rows.length > MOST_REDIRECTS + 1) return refused('tooMany', { max: MOST_REDIRECTS });
  const names = rows[0]?.cells.map((cell) => cell.trim()) ?? [];
  const from = names.findIndex((name) => FROM.test(name));
  const to = names.findIndex((name) => TO.test(name));
  const isNamed = from >= 0 && to >= 0;
  const [fromAt, toAt] = isNamed ? [from, to] : [0, 1];
  const lines = isNamed ? rows.slice(1) : rows;
  if (lines.length === 0) return refused('invalid', { line: 1, fault: 'there is no redirect in it' });
  const saved = await saveRedirects(
    services,
    lines.map(({ cells }) => ({ from: cells[fromAt] ?? '', to: cells[toAt] ?? '' })),
  );
  if (saved.ok || saved.refusal !== 'invalid') return saved;
  const { index, ...details } = saved.details;
  return refused('invalid', { line: lines[Number(index)]?.line, ...details });
}
