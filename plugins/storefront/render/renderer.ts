import type { Cradle, Liquid, LiquidEngine } from 'kontor/sdk';
import { createThemeCodes, type ThemeCodes } from './code/theme-code.ts';
import { SHOP_FILTERS } from './filters/index.ts';
import { SHOP_TAGS } from './tags/index.ts';

/** The engine with what shops add to it, and the themes that it has read; made once in a process. */
export type Renderer = { readonly engine: LiquidEngine; readonly codes: ThemeCodes };

const renderers = new WeakMap<object, Renderer>();

export function rendererOf({ liquid }: Pick<Cradle, 'liquid'>): Renderer {
  const key: Liquid['values'] = liquid.values;
  let renderer = renderers.get(key);
  if (!renderer) {
    const engine = liquid.engine({ filters: SHOP_FILTERS, tags: SHOP_TAGS });
    renderer = { engine, codes: createThemeCodes(() => engine) };
    renderers.set(key, renderer);
  }
  return renderer;
}
