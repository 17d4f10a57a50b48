import { type LiquidEngine, type LiquidPage, type LiquidProblem, type Result, ok, refused } from 'kontor/sdk';
import { createEngine } from '../engine/engine.ts';
import { createKept } from './kept.ts';
import { letterTables } from './tables.ts';

const LIMITS = { page: 1_000_000, output: 4 * 1024 * 1024, milliseconds: 1000 };

type Page = Pick<LiquidPage, 'registers' | 'now'> & {
  readonly locale: string;
  readonly timeZone: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly partials: Readonly<Record<string, string>>;
};

/** Renders letters: one that has any error is refused, where a page of a theme would go on. */
export function createLetters({ isHtml }: { isHtml: boolean }) {
  const engine: LiquidEngine = createEngine(letterTables({ isHtml }));
  const compiled = createKept((source, name) => engine.compile(source, name));

  return {
    check(source: string, name: string): Result<undefined, 'brokenTemplate'> {
      const [problem] = engine.compile(source, name).problems;
      return problem ? broken(problem) : ok();
    },
    render(source: string, name: string, page: Page): Result<string, 'brokenTemplate'> {
      const { data, partials, ...around } = page;
      const problems: LiquidProblem[] = [];
      const template = compiled(source, name);
      const partial = (snippet: string) => {
        if (!Object.hasOwn(partials, snippet)) return undefined;
        const found = compiled(partials[snippet]!, snippet);
        problems.push(...found.problems.slice(0, 1));
        return found;
      };
      if (template.problems[0]) return broken(template.problems[0]);
      try {
        const fuel = engine.fuel(LIMITS);
        const rendered = engine.render(template, { ...around, locals: data, partial, fuel });
        const problem = problems[0] ?? rendered.problems[0];
        return problem ? broken(problem) : ok(rendered.text);
      } catch (error) {
        if (!engine.isFuelError(error)) throw error;
        return broken({ template: error.template ?? name, line: error.line ?? 1, message: error.message });
      }
    },
  };
}

/** What a person needs to mend a template: in which one, in which line, and why. */
function broken({ message, template, line }: Pick<LiquidProblem, 'message' | 'template' | 'line'>) {
  return refused('brokenTemplate', { message, template, line });
}
