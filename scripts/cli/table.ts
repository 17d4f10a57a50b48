import type { Answer } from './command.ts';

/** Rows as an aligned table, with the given columns. */
export function table(rows: readonly object[], columns: readonly string[], whenEmpty: string): Answer {
  if (rows.length === 0) return { data: [], text: whenEmpty };
  const cells = rows.map((row) => columns.map((column) => cell((row as Record<string, unknown>)[column])));
  const all = [columns.map((column) => column.replace(/[A-Z]/g, ' $&').toUpperCase()), ...cells];
  const widths = columns.map((_, index) => Math.max(...all.map((line) => line[index]!.length)));
  const text = all
    .map((line) =>
      line
        .map((word, index) => word.padEnd(widths[index]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
  return { data: rows, text };
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 19).replace('T', ' ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
