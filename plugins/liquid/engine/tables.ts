import type { LiquidExtensions, LiquidFilter } from 'kontor/sdk';
import { FILTERS } from './filters/index.ts';
import { spend } from './meter.ts';
import type { Tables } from './parsing/unit.ts';
import { extension } from './tags/extension.ts';
import { RAW, TAGS } from './tags/index.ts';

/** The language, and what other plugins add to it. */
export function themeTables({ tags = {}, filters = {} }: LiquidExtensions): Tables {
  const added = Object.entries(tags);
  const texts = added.filter(([, { body }]) => body === 'text').map(([name]) => name);
  const standard = RAW.filter((name) => !Object.hasOwn(tags, name));
  return {
    tags: { ...TAGS, ...Object.fromEntries(added.map(([name, tag]) => [name, extension(tag)])) },
    filters: {
      ...FILTERS,
      ...Object.fromEntries(Object.entries(filters).map(([name, filter]) => [name, metered(filter)])),
    },
    raw: new Set([...standard, ...texts]),
  };
}

/** Costs by the size of its input, so that forgetting to say what it takes is not free. */
function metered(filter: LiquidFilter): LiquidFilter {
  const paid: LiquidFilter = (input, call) => {
    const size = typeof input === 'string' || Array.isArray(input) ? input.length : 0;
    spend(5 + size / 64);
    return filter(input, call);
  };
  return filter.isUnescaped ? Object.assign(paid, { isUnescaped: true } as const) : paid;
}
