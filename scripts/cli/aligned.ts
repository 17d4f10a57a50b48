/** Lines of words in columns. */
export function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines.map((line) =>
    `  ${line.map((word, column) => word.padEnd(widths[column]! + 2)).join('')}`.trimEnd(),
  );
}
