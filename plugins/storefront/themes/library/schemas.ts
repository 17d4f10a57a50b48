import type { ThemeTree } from 'kontor/sdk';
import { readSchema, type Schema } from '../model/schema.ts';
import { schemasOf } from '../model/schemas-of.ts';
import type { ThemeSchemas } from '../model/theme-schemas.ts';
import { createLru } from './lru.ts';

const ABOUT = 4; // a schema in memory, in times of its text
const MOST = 32 * 1024 * 1024; // bytes

/** Reads the schemas of themes; of the same section of several versions and stores, once. */
export function createSchemas() {
  const kept = createLru<{ schema: Schema; bytes: number }>({ maxBytes: MOST, sizeOf: ({ bytes }) => bytes });

  return function schemasIn(tree: ThemeTree): ThemeSchemas {
    return schemasOf(
      (path) => tree.text(path),
      (path, source) => {
        const hash = tree.hash(path)!;
        const known = kept.get(hash);
        if (known) return known.schema;
        const schema = readSchema(source);
        kept.set(hash, { schema, bytes: source.length * ABOUT });
        return schema;
      },
    );
  };
}
