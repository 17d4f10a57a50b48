import type { LiquidEngine } from 'kontor/sdk';
import { error, type Finding, warning } from './findings.ts';

/** What the engine says of one file. */
export type LiquidVerdict = {
  readonly findings: readonly Finding[];
  /** Names of snippets that it renders by a quoted name. */
  readonly snippets: readonly string[];
};

/** Reads one Liquid file. */
export type JudgeLiquid = (source: string, path: string) => LiquidVerdict;

/** Judges Liquid by the engine that will render it. A tag or filter that it does not know spoils one place only. */
export function liquidJudge(engine: () => LiquidEngine): JudgeLiquid {
  return (source, path) => {
    const { problems, references } = engine().compile(source, path);
    const findings = problems.map(({ kind, line, message }) =>
      kind === 'syntax' ? error('brokenLiquid', path, message, line) : warning(kind, path, message, line),
    );
    return { findings, snippets: references.snippets ?? [] };
  };
}
