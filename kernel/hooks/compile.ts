import { inspect } from 'node:util';

import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import {
  Type,
  type FilterDeclaration,
  type GuardDeclaration,
  type HandlerPlace,
  type PayloadDeclaration,
  type TSchema,
} from 'kontor/sdk';
import type { LoadedPlugin, PluginSet } from '../parts.ts';
import { didYouMean } from '../nearest.ts';
import { errors } from './errors.ts';
import { orderHandlers } from './order.ts';

type Kind = 'event' | 'filter' | 'guard';
export type Handler = {
  /** Of its hook, its plugin and that one's version. */
  readonly id: string;
  readonly plugin: string;
  readonly version: string;
  readonly call: (value: unknown) => unknown;
};
/** What is wrong with a value, as the end of a sentence; undefined when it fits. */
type Check = (value: unknown) => string | undefined;
export type Hook = {
  readonly kind: Kind;
  readonly name: string;
  readonly owner: string;
  readonly declaration: Declaration;
  readonly check: Check;
  readonly checkAnswer: Check;
  readonly handlers: readonly Handler[];
};
/** By kind and name; `running` are the plugins that run at all. */
export type Hooks = Readonly<Record<Kind, ReadonlyMap<string, Hook>>> & {
  readonly running: ReadonlySet<string>;
};

type Declaration = Partial<PayloadDeclaration & FilterDeclaration & GuardDeclaration>;
type Handle = (value: unknown, services: LoadedPlugin['services']) => unknown;

const SCHEMAS = { event: 'payload', filter: 'value', guard: 'subject' } as const;
const GuardAnswer = Type.Object({
  refuse: Type.String({ minLength: 1 }),
  details: Type.Optional(Type.Object({})),
});

/** Makes the function that makes of a set of plugins what a call needs: schemas compiled, handlers in order. */
export function createCompile(): (plugins: PluginSet) => Hooks {
  const checkOf = createChecks();
  const checkGuardAnswer = checkOf(GuardAnswer);

  /** @throws KERNEL_ERR_HOOK_DECLARED_TWICE, KERNEL_ERR_HOOK_SCHEMA, KERNEL_ERR_HOOK_CYCLE */
  function compile(kind: Kind, plugins: PluginSet): Map<string, Hook> {
    const found = new Map<string, Hook>();
    for (const { manifest, definition } of plugins) {
      const owner = manifest.id;
      const details = { plugins: [owner] };
      const declared: Record<string, Declaration> = definition.declares?.[`${kind}s`] ?? {};
      for (const [name, declaration] of Object.entries(declared)) {
        const other = found.get(name)?.owner;
        if (other) throw new errors.KERNEL_ERR_HOOK_DECLARED_TWICE(kind, name, other, owner, { details });
        let check: Check;
        try {
          check = checkOf(declaration[SCHEMAS[kind]]!);
        } catch (cause) {
          const why = (cause as Error).message;
          throw new errors.KERNEL_ERR_HOOK_SCHEMA(kind, name, owner, why, { cause, details });
        }
        const checkAnswer = kind === 'guard' ? checkGuardAnswer : check;
        const handlers = handlersOf(kind, name, plugins);
        found.set(name, { kind, name, owner, declaration, check, checkAnswer, handlers });
      }
    }
    return found;
  }

  return (plugins) => ({
    running: new Set(plugins.map(({ manifest }) => manifest.id)),
    event: compile('event', plugins),
    filter: compile('filter', plugins),
    guard: compile('guard', plugins),
  });
}

/**
 * The hook that is meant, for a value that its owner declares.
 *
 * @throws KERNEL_ERR_UNKNOWN_HOOK, which names the nearest, and KERNEL_ERR_PAYLOAD
 */
export function hookFor(hooks: Hooks, kind: Kind, name: string, value: unknown): Hook {
  const hook = hooks[kind].get(name);
  if (!hook) throw new errors.KERNEL_ERR_UNKNOWN_HOOK(kind, name, didYouMean(name, hooks[kind].keys()));
  const fault = hook.check(value);
  if (fault) throw new errors.KERNEL_ERR_PAYLOAD(kind, name, hook.owner, fault);
  return hook;
}

/** Checks never coerce or fill in: values are frozen, and what came is what is checked. */
function createChecks(): (schema: TSchema) => Check {
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

function handlersOf(kind: Kind, name: string, plugins: PluginSet): Handler[] {
  const handlers = new Map<string, Handler>();
  const places = new Map<string, HandlerPlace>();
  for (const { manifest, definition, services } of plugins) {
    const handle = (definition[`${kind}s`] as Readonly<Record<string, Handle>> | undefined)?.[name];
    if (!handle) continue;
    const { id: plugin, version, contributes } = manifest;
    const call = (value: unknown) => handle(value, services);
    handlers.set(plugin, { id: `${kind} ${name} ${plugin} ${version}`, plugin, version, call });
    if (kind !== 'event') places.set(plugin, contributes?.[`${kind}s`]?.[name] ?? {});
  }
  if (kind === 'event') return [...handlers.values()];
  const manifests = plugins.map(({ manifest }) => manifest);
  return orderHandlers({ kind, name, plugins: manifests, places }).map((id) => handlers.get(id)!);
}
