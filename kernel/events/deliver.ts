import type { DeliveredEvent, KernelServices } from 'kontor/sdk';
import { within, type Lease, type StoreContext } from '../context.ts';
import { inTime } from '../hooks/in-time.ts';
import type { EnterPlugin, KernelDatabase, KernelLog } from '../parts.ts';
import { putOff, type Claimed } from './claim.ts';
import { finish } from './lines.ts';

const SECOND = 1000;
export const TIME_LIMIT = 30 * SECOND; // for one attempt of one handler
const PAUSED_FOR = 300 * SECOND; // a plugin that is off for this store: looked at again then
const FIRST_RETRY = 5 * SECOND;
const LONGEST_RETRY = 6 * 3600 * SECOND;
const MOST_ATTEMPTS = 20; // two days from the first to the last: a target may be down for a weekend day and a night

export type Handle = (event: DeliveredEvent<unknown>) => unknown;

/**
 * Makes one claimed delivery, in its store, and notes what came of it. An attempt that fails is tried again later while its
 * line waits; after the last one it is dead and the line goes on.
 */
export async function deliver(
  deps: {
    database: KernelDatabase;
    clock: KernelServices['clock'];
    log: KernelLog;
    enter: EnterPlugin;
    count: (outcome: 'done' | 'failed' | 'dead', plugin: string) => void;
  },
  {
    store,
    claimed,
    isOn,
    handle,
  }: { store: StoreContext; claimed: Claimed; isOn: boolean; handle: Handle | undefined },
): Promise<void> {
  const { database, clock, log, enter, count } = deps;
  const { id, plugin, entity, attempts, name } = claimed;
  const storeId = store.ref.id;
  const at = (milliseconds: number) => new Date(clock.now().getTime() + milliseconds);
  if (!isOn)
    return putOff(database, storeId, claimed, { at: at(PAUSED_FOR), attempts: attempts - 1, error: null });

  const place = { storeId, id, plugin, entity, attempts };
  const lease: Lease = { ended: false };
  try {
    // A new version of the plugin may have no handler any more: there is nothing to do then.
    const work = async () => handle?.(eventOf(claimed));
    await inTime(
      enter(plugin, () => within({ lease }, work)),
      TIME_LIMIT,
    );
  } catch (cause) {
    const error = cause instanceof Error ? cause.message : String(cause);
    const details = { plugin, event: name, id: claimed.uuid, entity, attempt: attempts, err: cause };
    if (attempts >= MOST_ATTEMPTS) {
      log.error(details, 'an event handler failed for the last time; the delivery is a dead letter');
      count('dead', plugin);
      return await finish(database, place, { state: 'dead', error: error.slice(0, 1000), now: clock.now() });
    }
    log.warn(details, 'an event handler failed; it is tried again later');
    count('failed', plugin);
    const retry = at(Math.min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY));
    return await putOff(database, storeId, claimed, { at: retry, attempts, error: error.slice(0, 1000) });
  } finally {
    lease.ended = true;
  }
  await finish(database, place, { state: 'done', error: null, now: clock.now() });
  count('done', plugin);
}

function eventOf({ uuid, name, payload, entity, occurred_at, attempts }: Claimed): DeliveredEvent<unknown> {
  return { id: uuid, name, payload, entity, occurredAt: occurred_at, attempt: attempts };
}
