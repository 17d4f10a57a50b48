import type { Cradle, DeliveredEvent, KernelServices } from 'kontor/sdk';
import { checkGiven, known, type Declarations } from '../hooks/declarations.ts';
import type { HooksPart, PluginSet } from '../parts.ts';
import { createAdmin } from './admin.ts';
import type { Handle } from './deliver.ts';
import { writeEvent } from './emit.ts';
import { createRelay, type RelayInput } from './relay.ts';

/** Events: written with the change, delivered after the commit, at least once, in order per entity. */
export function createEvents(
  deps: RelayInput & { random: KernelServices['random']; declared: Declarations },
) {
  const { declared } = deps;
  const relay = createRelay(deps);
  let events = declared('event', [], ({ payload }) => payload);
  let byEvent = new Map<string, Map<string, Handle>>();

  const emit = async (name: string, payload: unknown, { entity }: { entity: string }): Promise<void> => {
    const event = known('event', events, name);
    checkGiven('event', event, payload);
    await writeEvent(deps, { plugin: event.owner, name, entity, payload, committed: relay.notify });
  };

  return {
    events: { emit } as KernelServices['events'],
    start: relay.start,
    stop: relay.stop,
    deliver: relay.deliver,
    admin: createAdmin({ ...deps, relay }) satisfies Omit<HooksPart['admin'], 'order'>,
    /** Prepares a new set, or throws and leaves the old one; the answer puts it in place. */
    prepare(plugins: PluginSet): () => void {
      const next = declared('event', plugins, ({ payload }) => payload);
      return () => {
        events = next;
        byEvent = handlersByEvent(plugins, events.keys());
        relay.use({ byEvent, plugins: new Set(plugins.map(({ manifest }) => manifest.id)) });
      };
    },
    order: () => [...byEvent].map(([name, handlers]) => [`event ${name}`, [...handlers.keys()]] as const),
  };
}

type Handlers = Record<string, (event: DeliveredEvent<unknown>, services: Cradle) => unknown>;

/** Who handles each declared event, also when nobody does. */
function handlersByEvent(plugins: PluginSet, names: Iterable<string>): Map<string, Map<string, Handle>> {
  const byEvent = new Map([...names].map((name) => [name, new Map<string, Handle>()]));
  for (const { manifest, definition, services } of plugins) {
    for (const [name, handle] of Object.entries((definition.events ?? {}) as Handlers)) {
      byEvent.get(name)?.set(manifest.id, (event) => handle(event, services));
    }
  }
  return byEvent;
}
