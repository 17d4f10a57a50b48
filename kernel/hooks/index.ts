import type { KernelServices } from 'kontor/sdk';
import { createEvents } from '../events/index.ts';
import type { RelayInput } from '../events/relay.ts';
import type { HooksPart } from '../parts.ts';
import { createDeclarations } from './declarations.ts';
import { createFilters } from './filters.ts';
import type { Savepoints } from './run-handler.ts';

export type HooksInput = RelayInput & { random: KernelServices['random']; savepoints: Savepoints };

/** Events, filters and guards, over the plugins that run. */
export function createHooks(deps: HooksInput): HooksPart {
  const declared = createDeclarations();
  const filters = createFilters({ ...deps, declared });
  const events = createEvents({ ...deps, declared });

  return {
    name: 'hooks',
    hooks: filters.hooks,
    events: events.events,
    follow(plugins) {
      // Both are prepared before either is put in place, so that a set is taken as a whole or not at all.
      for (const place of [filters.prepare(plugins), events.prepare(plugins)]) place();
    },
    start: async () => events.start(),
    stop: events.stop,
    deliver: events.deliver,
    admin: { ...events.admin, order: () => Object.fromEntries([...filters.order(), ...events.order()]) },
  };
}
