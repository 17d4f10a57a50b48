import type { LiquidEngine, LiquidPage, LiquidProblem } from 'kontor/sdk';
import { createEngine } from '../engine/engine.ts';
import { themeTables } from '../engine/tables.ts';

export const engine: LiquidEngine = createEngine(themeTables({}));

type Given = Omit<LiquidPage, 'globals' | 'partial'> & { snippets?: Readonly<Record<string, string>> };

/** Renders as a theme's section `sections/a`, with snippets by their names. */
export function page(
  source: string,
  data: object = {},
  { snippets = {}, ...given }: Given = {},
): { text: string; problems: readonly LiquidProblem[]; layout?: string | null } {
  const partial = (name: string) =>
    Object.hasOwn(snippets, name) ? engine.compile(snippets[name]!, `snippets/${name}`) : undefined;
  return engine.render(engine.compile(source, 'sections/a'), { ...given, globals: data, partial });
}

export const text = (...given: Parameters<typeof page>): string => page(...given).text;

/** `[source, what it writes, data?]` */
export type Case = readonly [source: string, written: string, data?: object];

/** What each of the cases writes, beside what it should. */
export function written(cases: readonly Case[]): [string[], string[]] {
  const shown = cases.map(([source, , data]) => `${source} -> ${text(source, data)}`);
  return [shown, cases.map(([source, expected]) => `${source} -> ${expected}`)];
}
