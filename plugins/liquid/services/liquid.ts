import type { Cradle, Liquid } from 'kontor/sdk';
import { createEngine } from '../engine/engine.ts';
import { themeTables } from '../engine/tables.ts';
import { createLetters } from '../letters/letters.ts';
import { values } from './values.ts';

/** Templates of people who need not be trusted. Rendering is synchronous, so that one at a time spends its fuel. */
export function createLiquid({ clock, stores }: Pick<Cradle, 'clock' | 'stores'>): Liquid {
  // Escaping belongs to what was compiled, not to a run, so that there are two.
  const html = createLetters({ isHtml: true });
  const text = createLetters({ isHtml: false });

  return {
    values,
    engine: (extensions = {}) => createEngine(themeTables(extensions)),
    async render(source, { name, locale, isHtml = true, partials = {}, data }) {
      const store = stores.maybeCurrent();
      return (isHtml ? html : text).render(source, name, {
        // A copy has no methods and no prototypes of ours, and nothing that a template could change.
        data: structuredClone(data),
        partials,
        locale: locale ?? store?.locale ?? 'en',
        timeZone: store?.timeZone ?? 'UTC',
        now: clock.now(),
        registers: { currency: store?.currency ?? 'EUR' },
      });
    },
    check: (source, name) => html.check(source, name),
  };
}
