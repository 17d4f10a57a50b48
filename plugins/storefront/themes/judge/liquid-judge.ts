import type { Liquid, LiquidTag } from 'kontor/sdk';
import { error, type Finding, warning } from './findings.ts';

/** What the engine says of one file. */
export type LiquidVerdict = {
  readonly findings: readonly Finding[];
  /** Names of snippets that it renders by a quoted name. */
  readonly snippets: readonly string[];
};

/** Reads one Liquid file. */
export type JudgeLiquid = (source: string, path: string) => LiquidVerdict;

/**
 * Judges Liquid by the engine that will render it. What tags and filters of shops do is not asked here, only how they are
 * written.
 */
export function liquidJudge(liquid: Pick<Liquid, 'engine'>): JudgeLiquid {
  let engine: ReturnType<Liquid['engine']> | undefined;
  return (source, path) => {
    engine ??= liquid.engine({ tags: SHOP_TAGS });
    const { problems, references } = engine.compile(source, path);
    const findings = problems.flatMap(({ kind, line, message }) => {
      if (kind === 'syntax') return error('brokenLiquid', path, message, line);
      return kind === 'unknownTag' ? warning('unknownTag', path, message, line) : [];
    });
    return { findings, snippets: references.snippets ?? [] };
  };
}

const alone: LiquidTag = { compile: () => () => undefined };
const around: LiquidTag = { body: 'liquid', compile: () => () => undefined };
const data: LiquidTag = { body: 'text', compile: () => () => undefined };

const SHOP_TAGS: Readonly<Record<string, LiquidTag>> = {
  section: alone,
  sections: alone,
  content_for: alone,
  form: around,
  paginate: around,
  recommendations: around,
  style: around,
  schema: data,
  stylesheet: data,
  javascript: data,
  doc: data,
};
