import { createHash } from 'node:crypto';
import type { Template } from 'liquidjs';

const ENTRIES = 500; // a parsed mail takes some 20 kB

/** Keeps what was parsed, by its text: who was asked for last goes last. */
export function createCompiled(parse: (source: string, name: string) => Template[]) {
  const kept = new Map<string, Template[]>();
  return (source: string, name: string): Template[] => {
    // The name is in the error messages of what was parsed.
    const key = createHash('sha256').update(name).update('\0').update(source).digest('base64');
    const template = kept.get(key) ?? parse(source, name);
    kept.delete(key);
    kept.set(key, template);
    if (kept.size > ENTRIES) kept.delete(kept.keys().next().value!);
    return template;
  };
}
