import type { LiquidEngine, LiquidPage, LiquidTemplate } from 'kontor/sdk';
import { compile } from './compile.ts';
import { FuelError } from './faults.ts';
import { Fuel } from './fuel.ts';
import { paidBy } from './meter.ts';
import { watched } from '../watchdog/watchdog.ts';
import type { Tables } from './parsing/unit.ts';
import { renderInto, Run } from './run.ts';
import { depthOf } from './template.ts';

// Raise it when what is compiled changes its meaning.
const VERSION = '1';

/** An engine that knows these tags and filters. */
export function createEngine(tables: Tables): LiquidEngine {
  return Object.freeze({
    version: VERSION,
    tags: Object.keys(tables.tags),
    filters: Object.keys(tables.filters),
    compile: (source: string, name: string) => compile({ source, name, tables }),
    render: (template: LiquidTemplate, page: LiquidPage = {}) => {
      const fuel = (page.fuel as Fuel | undefined) ?? new Fuel();
      const run = new Run({ template: template.name, page, fuel });
      const label = page.label === undefined ? template.name : `${page.label} ${template.name}`;
      // A render inside of a tag of another one is nested too.
      const work = () => fuel.nested(depthOf(template), () => renderInto(run, template, page.budget));
      watched(label, () => paidBy(fuel, () => fuel.timed(work)));
      const { text, problems, layout } = run;
      return layout === undefined ? { text, problems } : { text, problems, layout };
    },
    fuel: (limits) => new Fuel(limits),
    isFuelError: (error: unknown) => error instanceof FuelError,
  } satisfies Omit<LiquidEngine, 'isFuelError'> & {
    isFuelError: (error: unknown) => boolean;
  }) as LiquidEngine;
}
