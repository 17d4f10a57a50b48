import type { HooksPart } from '../parts.ts';
import { createAdmin } from './admin.ts';
import { createEmit } from './emit.ts';
import type { EventsInput } from './lines.ts';
import { createRelay } from './relay.ts';

/** Events: written with the change, delivered after the commit, at least once, in order per entity. */
export function createEvents(
  deps: EventsInput,
): Pick<HooksPart, 'events' | 'start' | 'stop' | 'deliver'> & { admin: Omit<HooksPart['admin'], 'order'> } {
  const relay = createRelay(deps);
  const { start, stop, deliver, notify } = relay;
  return {
    events: { emit: createEmit(deps, notify) },
    start,
    stop,
    deliver,
    admin: createAdmin(deps, notify),
  };
}
