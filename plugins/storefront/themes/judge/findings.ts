/** One thing that was found in a theme. */
export type Finding = {
  /** `error`: the theme is refused; `warning`: it works, and something of it may not. */
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
};

/** All of them, and what was looked at. */
export type ThemeReport = {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  /** Files of the theme. */
  readonly files: number;
  readonly bytes: number;
  /** Files that are no part of a theme, and were left out. */
  readonly ignored: readonly string[];
};

const MOST = 200; // of each; who has more mends these first

export function error(code: string, file: string, message: string, line = 1): Finding {
  return { severity: 'error', code, file, line, message };
}

export function warning(code: string, file: string, message: string, line = 1): Finding {
  return { severity: 'warning', code, file, line, message };
}

/** A report of findings, in the order of files and lines. */
export function reportOf(
  findings: readonly Finding[],
  seen: Pick<ThemeReport, 'files' | 'bytes' | 'ignored'> = { files: 0, bytes: 0, ignored: [] },
): ThemeReport {
  const sorted = findings.toSorted(
    (one, other) => compare(one.file, other.file) || one.line - other.line || compare(one.code, other.code),
  );
  const of = (severity: Finding['severity']) =>
    sorted.filter((finding) => finding.severity === severity).slice(0, MOST);
  return { errors: of('error'), warnings: of('warning'), ...seen };
}

/** As people read it: `sections/hero.liquid:12  error  brokenSchema  ...`. */
export function findingLine({ file, line, severity, code, message }: Finding): string {
  return `${file}:${line}  ${severity}  ${code}  ${message}`;
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
