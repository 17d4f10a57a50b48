import { posix } from 'node:path';
import type { Import } from './imports.ts';

/** A circle of imports that run (types make none), if there is one: the files in order, the first one again at the end. */
export function circleOf(imports: ReadonlyMap<string, readonly Import[]>): string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];

  function visit(file: string): string[] | undefined {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    done.add(file);
    path.push(file);
    for (const { specifier, isType } of imports.get(file) ?? []) {
      if (!specifier?.startsWith('.') || isType) continue;
      const circle = visit(posix.join(posix.dirname(file), specifier));
      if (circle) return circle;
    }
    path.pop();
    return undefined;
  }

  for (const file of imports.keys()) {
    const circle = visit(file);
    if (circle) return circle;
  }
  return undefined;
}
