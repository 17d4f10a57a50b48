import {
  type Cradle,
  type Id,
  ok,
  refused,
  type Result,
  type ThemeChange,
  type ThemeReport,
  type ThemeVersion,
} from 'kontor/sdk';
import type { Readable } from 'node:stream';
import { error, type Finding, reportOf } from '../judge/findings.ts';
import { judgeFile } from '../judge/judge-file.ts';
import type { JudgeLiquid } from '../judge/liquid-judge.ts';
import { kindOf } from '../model/paths.ts';
import { readContent, type ThemeFiles } from '../zip/theme-files.ts';
import { takeIn } from './take-in.ts';
import { type Contents, writeChange } from './write-change.ts';

type Needs = Pick<Cradle, 'clock' | 'database' | 'platform' | 'random' | 'stores'>;
type Refusal = 'notFound' | 'changed' | 'brokenTheme';

const LAYOUT = 'layout/theme.liquid';

/**
 * Makes a new version with some files changed. Two people who change different files do not hinder each other.
 *
 * @returns `changed` with who changed which of the same files meanwhile; `brokenTheme` with the report
 */
export async function changeFiles(
  input: { id: Id; from: number; change: ThemeChange; action?: ThemeVersion['action']; liquid: JudgeLiquid },
  services: Needs,
): Promise<Result<ThemeVersion, Refusal>> {
  const { contents, findings } = readChange(input.change, input.liquid);
  const report = reportOf(findings);
  if (report.errors.length > 0) return refused('brokenTheme', { report });
  const { id, from, action = 'edit' } = input;
  return writeChange({ id, from, contents, action }, services);
}

/** Makes a new version of an archive or of files. */
export async function pushFiles(
  input: {
    id: Id;
    content: Readable | ThemeFiles;
    mode: 'replace' | 'merge';
    from?: number | undefined;
    liquid: JudgeLiquid;
  },
  services: Needs,
): Promise<Result<{ version: ThemeVersion; report: ThemeReport }, Refusal>> {
  const { id, content, from, liquid } = input;
  const isWhole = input.mode === 'replace';
  const taken = await takeIn({ content, isWhole, liquid }, services);
  if (!taken.ok) return taken;
  const { files: contents, report } = taken.value;
  const written = await writeChange({ id, from, contents, isWhole, action: 'push' }, services);
  return written.ok ? ok({ version: written.value, report }) : written;
}

function readChange(change: ThemeChange, liquid: JudgeLiquid): { contents: Contents; findings: Finding[] } {
  const contents = new Map<string, string | Buffer | null>();
  const findings: Finding[] = [];
  for (const [path, content] of change) {
    const read = content === null ? null : readContent(path, Buffer.from(content));
    if (kindOf(path) === undefined) {
      findings.push(error('unknownFile', path, 'Expected a file that a theme can have'));
    } else if (read === null && path === LAYOUT) {
      findings.push(error('noLayout', path, 'A theme cannot do without it'));
    } else if (read !== null && typeof read === 'object' && 'severity' in read) {
      findings.push(read);
    } else {
      contents.set(path, read);
      if (read !== null) findings.push(...judgeFile({ path, content: read, liquid }));
    }
  }
  return { contents, findings };
}
