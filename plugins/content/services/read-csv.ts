/** A row of CSV, and the line of the text that it begins in. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] };

/**
 * Reads small CSV texts: comma, semicolon or tab, whichever the first line has; cells in double quotes may hold any of them,
 * and lines. Large files with many columns are the plugin `import`'s.
 */
export function readCsv(source: string): CsvRow[] {
  const csv = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const separator = separatorOf(csv.slice(0, csv.indexOf('\n') + 1 || undefined));
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let line = 1;
  let began = 1;
  for (let at = 0; at <= csv.length; ) {
    const { cell, end } = csv[at] === '"' ? quoted(csv, at) : { cell: undefined, end: at };
    const next = endOfCell(csv, { at: end, separator });
    const text = cell ?? csv.slice(at, next);
    cells.push(text);
    line += text.split('\n').length - 1;
    if (csv[next] !== separator) {
      rows.push({ line: began, cells });
      cells = [];
      line += 1;
      began = line;
    }
    at = next + 1;
  }
  return rows;
}

function separatorOf(head: string): string {
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: head.split(sign).length }));
  return counted.sort((one, other) => other.count - one.count)[0]!.sign;
}

function endOfCell(csv: string, { at, separator }: { at: number; separator: string }): number {
  let next = at;
  while (next < csv.length && csv[next] !== separator && csv[next] !== '\n') next += 1;
  return next;
}

/** Two quotes are one; whatever stands between the last one and the end of the cell is left out. */
function quoted(csv: string, at: number): { cell: string; end: number } {
  let cell = '';
  for (let from = at + 1; ; ) {
    const end = csv.indexOf('"', from);
    if (end < 0) return { cell: cell + csv.slice(from), end: csv.length };
    cell += csv.slice(from, end);
    if (csv[end + 1] !== '"') return { cell, end: end + 1 };
    cell += '"';
    from = end + 2;
  }
}
