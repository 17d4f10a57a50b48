import { current, within, type Lease } from '../context.ts';
import { inTime } from '../hooks/in-time.ts';
import { settle, type Delivery, type EventsInput } from './lines.ts';

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
 * @param isOn - whether the plugin runs here and is on for the store
 * @returns whether there was an attempt
 */
export async function deliver(deps: EventsInput, claimed: Claimed, isOn: boolean): Promise<boolean> {
  const { database, clock, log } = deps;
  const { plugin, name, entity, attempts } = claimed;
  const fault = isOn ? await attempt(deps, claimed) : undefined;
  const now = clock.now();
  const after = (milliseconds: number) => new Date(now.getTime() + milliseconds);
  const place = { database, storeId: current().store!.ref.id, now };
  if (!isOn) {
    await settle(place, claimed, { state: 'waiting', nextAt: after(PAUSED_FOR), attempts: attempts - 1 });
  } else if (!fault) {
    await settle(place, claimed, { state: 'done' });
  } else {
    const details = { plugin, event: name, id: claimed.uuid, entity, attempt: attempts, err: fault.cause };
    const error = (fault.cause instanceof Error ? fault.cause.message : String(fault.cause)).slice(0, 1000);
    if (attempts >= MOST_ATTEMPTS) {
      log.error(details, 'an event handler failed for the last time; the delivery is a dead letter');
      await settle(place, claimed, { state: 'dead', error });
    } else {
      log.warn(details, 'an event handler failed; it is tried again later');
      const nextAt = after(Math.min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY));
      await settle(place, claimed, { state: 'waiting', nextAt, error });
    }
  }
  return isOn;
}

async function attempt(
  { enter, hooks }: EventsInput,
  claimed: Claimed,
): Promise<{ cause: unknown } | undefined> {
  const { uuid: id, plugin, name, payload, entity, occurred_at: occurredAt, attempts } = claimed;
  const lease: Lease = { ended: false };
  // A new version of the plugin may have no handler any more: there is nothing to do then.
  const handler = hooks()
    .event.get(name)
    ?.handlers.find((one) => one.plugin === plugin);
  const event = { id, name, payload, entity, occurredAt, attempt: attempts };
  try {
    await inTime(
      enter(plugin, () => within({ lease }, async () => handler?.call(event))),
      TIME_LIMIT,
    );
    return undefined;
  } catch (cause) {
    return { cause };
  } finally {
    lease.ended = true;
  }
}
