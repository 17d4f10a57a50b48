import type { DeliveredEvent } from 'kontor/sdk';
import { current, within, type Lease } from '../context.ts';
import { inTime } from '../hooks/in-time.ts';
import { settle, type Delivery, type EventsInput, type Outcome } from './lines.ts';

const SECOND = 1000;
export const TIME_LIMIT = 30 * SECOND; // for one attempt of one handler
const PAUSED_FOR = 300 * SECOND; // a plugin that is off for this store: looked at again then
const FIRST_RETRY = 5 * SECOND;
const LONGEST_RETRY = 6 * 3600 * SECOND;
const MOST_ATTEMPTS = 20; // two days from the first to the last: a target may be down for a weekend day and a night

/** A delivery that is this process's for now, with its event. */
export type Claimed = Delivery & { uuid: string; name: string; payload: unknown; occurred_at: Date };

/**
 * Makes one claimed delivery, in its store, and notes what came of it. An attempt that fails is tried again later while its
 * line waits; after the last one it is dead and the line goes on.
 *
 * @returns whether there was an attempt: none is made while the plugin does not run here or is off for the store
 */
export async function deliver(deps: EventsInput, claimed: Claimed): Promise<boolean> {
  const { plugin, name } = claimed;
  const { event, running } = deps.hooks();
  const isOn = event.has(name) && running.has(plugin) && current().store!.gate.plugins.has(plugin);
  const outcome = isOn ? await attempt(deps, claimed) : pause(deps, claimed);
  await settle(deps, claimed, outcome);
  return isOn;
}

/** Being off counts as no attempt. */
function pause(deps: EventsInput, { attempts }: Claimed): Outcome {
  return { state: 'waiting', nextAt: after(deps, PAUSED_FOR), attempts: attempts - 1 };
}

async function attempt(deps: EventsInput, claimed: Claimed): Promise<Outcome> {
  const { enter, hooks, log } = deps;
  const { uuid: id, plugin, name, payload, entity, occurred_at: occurredAt, attempts } = claimed;
  const lease: Lease = { ended: false };
  // A new version of the plugin may have no handler any more: there is nothing to do then.
  const handler = hooks()
    .event.get(name)
    ?.handlers.find((one) => one.plugin === plugin);
  const event: DeliveredEvent<unknown> = { id, name, payload, entity, occurredAt, attempt: attempts };
  try {
    await inTime(
      enter(plugin, () => within({ lease }, async () => handler?.call(event))),
      TIME_LIMIT,
    );
    return { state: 'done' };
  } catch (cause) {
    const error = (cause instanceof Error ? cause.message : String(cause)).slice(0, 1000);
    const details = { plugin, event: name, id, entity, attempt: attempts, err: cause };
    if (attempts >= MOST_ATTEMPTS) {
      log.error(details, 'an event handler failed for the last time; the delivery is a dead letter');
      return { state: 'dead', error };
    }
    log.warn(details, 'an event handler failed; it is tried again later');
    const nextAt = after(deps, Math.min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY));
    return { state: 'waiting', nextAt, error };
  } finally {
    lease.ended = true;
  }
}

function after({ clock }: EventsInput, milliseconds: number): Date {
  return new Date(clock.now().getTime() + milliseconds);
}
