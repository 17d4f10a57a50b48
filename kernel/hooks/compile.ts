import type { FilterDeclaration, GuardDeclaration, HandlerPlace } from 'kontor/sdk';
import type { LoadedPlugin, PluginSet } from '../parts.ts';
import type { Circuit } from './circuits.ts';
import type { Declarations, Declared } from './declarations.ts';
import { orderHandlers } from './order.ts';

export type Handler = {
  readonly plugin: string;
  readonly version: string;
  readonly call: (value: unknown) => unknown;
  readonly circuit: Circuit;
};
export type Hook<Declaration = FilterDeclaration | GuardDeclaration> = Declared<Declaration> & {
  readonly kind: 'filter' | 'guard';
  /** Milliseconds a handler may take. */
  readonly budget: number;
  readonly handlers: readonly Handler[];
};
export type Hooks = {
  readonly filters: ReadonlyMap<string, Hook<FilterDeclaration>>;
  readonly guards: ReadonlyMap<string, Hook<GuardDeclaration>>;
};

const BUDGET = 100; // ms

/** Makes of a set of plugins what a call needs: schemas compiled, handlers in order. Circuits of handlers that stay are kept. */
export function compileHooks(plugins: PluginSet, declared: Declarations, before?: Hooks): Hooks {
  const filters = declared('filter', plugins, ({ value }) => value);
  const guards = declared('guard', plugins, ({ subject }) => subject);
  const compiled = <Declaration extends FilterDeclaration | GuardDeclaration>(
    kind: 'filter' | 'guard',
    table: ReadonlyMap<string, Declared<Declaration>>,
  ) =>
    new Map(
      [...table].map(([name, one]) => {
        const handlers = handlersOf({ kind, name, plugins, before: before?.[`${kind}s`].get(name) });
        return [name, { ...one, kind, budget: one.declaration.budget ?? BUDGET, handlers }];
      }),
    );
  return { filters: compiled('filter', filters), guards: compiled('guard', guards) };
}

function handlersOf(input: {
  kind: 'filter' | 'guard';
  name: string;
  plugins: PluginSet;
  before: Hook | undefined;
}): Handler[] {
  const { kind, name, plugins } = input;
  const contributors = new Map(
    plugins.filter((plugin) => handlerIn(plugin, kind, name)).map((plugin) => [plugin.manifest.id, plugin]),
  );
  const places = new Map<string, HandlerPlace>();
  for (const [id, { manifest }] of contributors)
    places.set(id, manifest.contributes?.[`${kind}s`]?.[name] ?? {});
  const order = orderHandlers({ kind, name, plugins: plugins.map((plugin) => plugin.manifest), places });
  return order.map((id) => {
    const plugin = contributors.get(id)!;
    const { version } = plugin.manifest;
    const handle = handlerIn(plugin, kind, name)!;
    const known = input.before?.handlers.find((one) => one.plugin === id && one.version === version);
    const circuit = known?.circuit ?? { faults: 0, offUntil: 0, loggedAt: 0 };
    return { plugin: id, version, circuit, call: (value) => handle(value, plugin.services) };
  });
}

type Handle = (value: unknown, services: LoadedPlugin['services']) => unknown;

function handlerIn({ definition }: LoadedPlugin, kind: 'filter' | 'guard', name: string): Handle | undefined {
  return (definition[`${kind}s`] as Readonly<Record<string, Handle>> | undefined)?.[name];
}
