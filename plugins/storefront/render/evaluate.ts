import type { LiquidTag, LiquidTemplate } from 'kontor/sdk';
import type { Page } from './page.ts';

const VALUE = 'kontor_value';

/** What a setting that is taken from the page gives: `{{ product.featured_image }}` is an image. */
export function evaluate(page: Page, expression: string): unknown {
  const registers = { page, value: undefined as unknown };
  run(page, `{% ${VALUE} ${expression.replace(/[{}%]/g, '')} %}`, registers);
  return registers.value;
}

/** A text of the settings with its outputs filled in. */
export function interpolate(page: Page, text: string): string {
  return run(page, text, { page });
}

/** Keeps the value of an expression for whoever renders it; no template of a theme needs it. */
export const valueTag: LiquidTag = {
  isBlank: true,
  compile({ read }) {
    const expression = read.filtered();
    return (run) => {
      run.registers.value = expression(run);
    };
  },
};

export const VALUE_TAG = VALUE;

const MOST = 2000; // texts of settings that are kept compiled
const compiled = new Map<string, LiquidTemplate>();

function run(page: Page, source: string, registers: Record<string, unknown>): string {
  const { engine, pass, fuel, locale, store, now, code } = page;
  const key = `${engine.version} ${source}`;
  let template = compiled.get(key);
  if (!template) {
    template = engine.compile(source, 'settings');
    if (compiled.size >= MOST) compiled.clear();
    compiled.set(key, template);
  }
  fuel.use(10);
  return engine.render(template, {
    globals: pass.globals,
    registers,
    fuel,
    locale,
    now,
    timeZone: store.timeZone,
    partial: (name) => code.template(`snippets/${name}.liquid`),
  }).text;
}
