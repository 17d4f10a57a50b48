import { type Context, type Emitter, Liquid, RenderTag, type Template } from 'liquidjs';
import { createFilters } from '../filters/index.ts';
import { createCompiled } from './compiled.ts';
import type { Fuel } from './fuel.ts';
import { meter } from './meter.ts';

const SIZE = 256 * 1024; // characters of a template: reading one takes the square of its length
const DEPTH = 50; // of `render` in `render`
const TAGS =
  'assign capture case comment cycle decrement increment echo for if liquid raw render tablerow unless break continue #';

/** What one rendering goes by. */
export type Run = {
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly now: Date;
  readonly partials: Readonly<Record<string, string>>;
  readonly fuel: Fuel;
};

/**
 * One way to render: with output escaped for HTML, or as it is.
 *
 * Nothing of a template leads to a file: snippets come from the run, and tags that name files are not there.
 */
export function createEngine({ isHtml }: { isHtml: boolean }) {
  let current: Run | undefined;
  let depth = 0;
  const run = (): Run => current!;
  const filters = createFilters({ isHtml, run });
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    templates: {},
    parseLimit: SIZE,
    renderLimit: 1000, // ms; behind the fuel
    memoryLimit: 20_000_000, // letters and entries made by filters
    ...(isHtml ? { outputEscape: filters.escape } : {}),
  });
  const compiled = createCompiled((source, name) => {
    if (source.length > SIZE) throw new Error(`this template is longer than ${SIZE} characters`);
    return engine.parse(source, name);
  });

  keepOnly(engine.tags, TAGS);
  filters.install(engine);
  meter(engine, run);
  engine._parsePartialFile = function* (name: string): Generator<unknown, Template[], Template[]> {
    const { partials } = run();
    if (!Object.hasOwn(partials, name)) throw new Error(`there is no snippet "${name}"`);
    return yield compiled(partials[name]!, name);
  };
  engine.registerTag(
    'render',
    // A snippet that renders itself would end at the depth of the stack only.
    class extends RenderTag {
      override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
        if (++depth > DEPTH) throw new Error(`snippets are nested more than ${DEPTH} deep`);
        yield super.render(context, emitter);
        depth -= 1;
      }
    },
  );

  return {
    parse: (source: string, name: string): void => void compiled(source, name),
    render(input: { source: string; name: string; data: object; run: Run }): string {
      const template = compiled(input.source, input.name);
      current = input.run;
      depth = 0;
      engine.options.locale = input.run.locale;
      try {
        return String(engine.renderSync(template, input.data));
      } finally {
        current = undefined;
      }
    },
  };
}

function keepOnly(table: Record<string, unknown>, names: string): void {
  const kept = new Set(names.split(' '));
  for (const name of Object.keys(table)) if (!kept.has(name)) delete table[name];
}
