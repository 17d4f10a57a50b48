import { type Cradle, type Liquid, type LiquidScope, ok, refused } from 'kontor/sdk';
import { createEngine, type Run } from './engine.ts';
import { createFuel } from './fuel.ts';
import { whatIsBroken } from './what-is-broken.ts';

/** Templates of people who need not be trusted. Rendering is synchronous, so that one at a time spends its fuel. */
export function createLiquid({ clock, stores }: Pick<Cradle, 'clock' | 'stores'>): Liquid {
  // Escaping belongs to an engine, not to a run, so that there are two.
  const html = createEngine({ isHtml: true });
  const text = createEngine({ isHtml: false });

  function runOf({ locale, partials = {} }: LiquidScope): Run {
    const store = stores.maybeCurrent();
    return {
      locale: locale ?? store?.locale ?? 'en',
      timeZone: store?.timeZone ?? 'UTC',
      currency: store?.currency ?? 'EUR',
      now: clock.now(),
      partials,
      fuel: createFuel(),
    };
  }

  return {
    async render(source, scope) {
      const { name, isHtml = true } = scope;
      try {
        // A copy has no methods and no prototypes of ours, and nothing that a template could change.
        const data = structuredClone(scope.data);
        return ok((isHtml ? html : text).render({ source, name, data, run: runOf(scope) }));
      } catch (error) {
        return refused('brokenTemplate', whatIsBroken(error, name));
      }
    },
    check(source, name) {
      try {
        html.parse(source, name);
        return ok();
      } catch (error) {
        return refused('brokenTemplate', whatIsBroken(error, name));
      }
    },
  };
}
