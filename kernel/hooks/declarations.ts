import { inspect } from 'node:util';

import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { PluginDefinition, TSchema } from 'kontor/sdk';
import type { PluginSet } from '../parts.ts';
import { didYouMean } from '../plugins/nearest.ts';
import { errors } from './errors.ts';

/** What is wrong with a value, as the end of a sentence; undefined when it fits. */
export type Check = (value: unknown) => string | undefined;
export type Declared<Declaration> = { name: string; owner: string; check: Check; declaration: Declaration };
type Kind = 'event' | 'filter' | 'guard';
type Table<K extends Kind> = NonNullable<NonNullable<PluginDefinition['declares']>[`${K}s`]>;

/** Makes the function that reads what running plugins own of one kind, with schemas compiled once. */
export function createDeclarations() {
  const compile = createSchemas();

  /** @throws KERNEL_ERR_HOOK_DECLARED_TWICE, KERNEL_ERR_HOOK_SCHEMA */
  return function declared<K extends Kind>(
    kind: K,
    plugins: PluginSet,
    schemaOf: (one: Table<K>[string]) => TSchema,
  ) {
    const found = new Map<string, Declared<Table<K>[string]>>();
    for (const { manifest, definition } of plugins) {
      const table = (definition.declares?.[`${kind}s`] ?? {}) as Table<K>;
      for (const [name, declaration] of Object.entries(table) as [string, Table<K>[string]][]) {
        const other = found.get(name)?.owner;
        const plugin = manifest.id;
        if (other)
          throw new errors.KERNEL_ERR_HOOK_DECLARED_TWICE(kind, name, other, plugin, {
            details: { plugins: [plugin] },
          });
        try {
          found.set(name, { name, owner: plugin, declaration, check: compile(schemaOf(declaration)) });
        } catch (cause) {
          const details = { plugins: [plugin] };
          throw new errors.KERNEL_ERR_HOOK_SCHEMA(kind, name, plugin, (cause as Error).message, {
            cause,
            details,
          });
        }
      }
    }
    return found;
  };
}
export type Declarations = ReturnType<typeof createDeclarations>;

/** @throws KERNEL_ERR_UNKNOWN_HOOK, which names the nearest */
export function known<Value>(kind: Kind, table: ReadonlyMap<string, Value>, name: string): Value {
  const found = table.get(name);
  if (found === undefined)
    throw new errors.KERNEL_ERR_UNKNOWN_HOOK(kind, name, didYouMean(name, table.keys()));
  return found;
}

/** @throws KERNEL_ERR_PAYLOAD when the one who calls gives what the owner did not declare */
export function checkGiven(kind: Kind, { name, owner, check }: Declared<unknown>, value: unknown): void {
  const fault = check(value);
  if (fault) throw new errors.KERNEL_ERR_PAYLOAD(kind, name, owner, fault);
}

/** Never coerces or fills in: values are frozen, and what came is what is checked. */
function createSchemas(): (schema: TSchema) => Check {
  const ajv = formats.default(
    new Ajv2020({ strict: false, strictNumbers: true, verbose: true, logger: false }),
  );
  return (schema) => {
    const check = ajv.compile(schema);
    return (value) => {
      if (value === undefined) return 'expected a value, got nothing';
      if (check(value)) return undefined;
      const { instancePath, message, data } = check.errors![0]!;
      const came = inspect(data, { depth: 1, breakLength: Infinity }).slice(0, 80);
      return `expected ${instancePath || 'the value'} ${message}, got ${came}`;
    };
  };
}
