import { createAdmin } from './admin.ts';
import { createEmit } from './emit.ts';
import type { EventsInput } from './lines.ts';
import { createRelay } from './relay.ts';

/** Events: written with the change, delivered after the commit, at least once, in order per entity. */
export function createEvents(deps: EventsInput) {
  const { notify, ...relay } = createRelay(deps);
  return { ...relay, events: { emit: createEmit(deps, notify) }, admin: createAdmin(deps, notify) };
}
