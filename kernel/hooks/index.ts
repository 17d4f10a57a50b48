import { createEvents } from '../events/index.ts';
import type { HooksPart } from '../parts.ts';
import { createCompile } from './compile.ts';
import { createFilters } from './filters.ts';
import type { HooksInput } from './input.ts';

/** Events, filters and guards, over the plugins that run. */
export function createHooks(deps: HooksInput): HooksPart {
  const compile = createCompile();
  let hooks = compile([]);
  const events = createEvents({ ...deps, hooks: () => hooks });

  return {
    name: 'hooks',
    hooks: createFilters({ ...deps, hooks: () => hooks }),
    ...events,
    follow(plugins) {
      hooks = compile(plugins);
    },
    admin: {
      ...events.admin,
      order: () =>
        Object.fromEntries(
          [...hooks.filter.values(), ...hooks.guard.values(), ...hooks.event.values()].map(
            ({ kind, name, handlers }) => [`${kind} ${name}`, handlers.map(({ plugin }) => plugin)],
          ),
        ),
    },
  };
}
