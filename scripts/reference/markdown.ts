/** A table of a page; cells may hold anything, in one line. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => clean(cell)).join(' | ')} |`;
  return [line(heads), `| ${heads.map(() => '---').join(' | ')} |`, ...rows.map(line)];
}

/** A name or value as code. */
export function code(text: string): string {
  return `\`${text}\``;
}

function clean(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
