import type { LiquidCall, LiquidValues } from 'kontor/sdk';

/** What is written as HTML attributes: names that are plain, values escaped; null and false leave one out. */
export function attributes(given: Readonly<Record<string, unknown>>, values: LiquidValues): string {
  return Object.entries(given)
    .flatMap(([name, value]) => {
      if (value === null || value === undefined || value === false || !/^[\w:.@-]{1,80}$/.test(name))
        return [];
      if (value === true) return [` ${name}`];
      return [` ${name}="${values.escape(values.text(value))}"`];
    })
    .join('');
}

/** Named arguments without some. */
export function namedBut({ named }: LiquidCall, ...left: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(named).filter(([name]) => !left.includes(name)));
}
