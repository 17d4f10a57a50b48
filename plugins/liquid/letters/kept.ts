import { createHash } from 'node:crypto';
import type { LiquidTemplate } from 'kontor/sdk';

const ENTRIES = 500; // a compiled mail takes some 20 kB

/** Keeps what was compiled, by its text: who was asked for last goes last. */
export function createKept(compile: (source: string, name: string) => LiquidTemplate) {
  const kept = new Map<string, LiquidTemplate>();
  return (source: string, name: string): LiquidTemplate => {
    // The name is in the error messages of what was compiled.
    const key = createHash('sha256').update(name).update('\0').update(source).digest('base64');
    const template = kept.get(key) ?? compile(source, name);
    kept.delete(key);
    kept.set(key, template);
    if (kept.size > ENTRIES) kept.delete(kept.keys().next().value!);
    return template;
  };
}
