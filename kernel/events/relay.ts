import { enterAs, type Context } from '../context.ts';
import { inTime } from '../hooks/in-time.ts';
import { inTurn } from '../jobs/parts.ts';
import { deliver, TIME_LIMIT, type Claimed } from './deliver.ts';
import { addToLines, additionsFor, type EventRow, type EventsInput } from './lines.ts';

const BATCH = 500; // events
const AT_ONCE = 20; // deliveries running on one node
const AT_ONCE_PER_STORE = 10; // so that a store whose handlers hang leaves room for others
const CLAIM_FOR = 2 * TIME_LIMIT; // ms; past the time limit, so that no delivery is made twice at the same time
const POLL_EVERY = 5000; // ms; the net under notices that got lost, and the clock of retries
const STOP_WITHIN = 10_000; // ms for running handlers; what takes longer comes back when its claim ends
const SYSTEM: Context = { actor: { kind: 'system', reason: 'delivery of events' } };

/** Brings committed events to their handlers. */
export function createRelay(deps: EventsInput) {
  const { database, changes, tenancy, clock, log, hooks } = deps;
  const running = new Map<Promise<void>, number>(); // to ids of stores
  let hasNews = true;
  let made = 0;
  let isPassWaiting = false;
  let lastPass: Promise<number> = Promise.resolve(0);
  let stopListening: (() => void) | undefined;

  const tell = inTurn(() => changes.announce({ topic: 'events', key: '*' }));

  /** Passes come one after another: whoever asks while one runs shares one more behind it. */
  function pass(): Promise<number> {
    if (isPassWaiting) return lastPass;
    isPassWaiting = true;
    const begin = () => {
      isPassWaiting = false;
      return enterAs(SYSTEM, passOnce);
    };
    lastPass = lastPass.then(begin, begin);
    return lastPass;
  }

  /** Fans out what is new and starts what is due and fits; answers how many were started. */
  async function passOnce(): Promise<number> {
    if (hooks().event.size === 0) return 0; // before the plugins are here, nobody would get anything
    if (hasNews) {
      hasNews = false;
      while ((await fanOut()) === BATCH);
    }
    let started = 0;
    for (const storeId of running.size < AT_ONCE ? await dueStores() : []) {
      const store = await tenancy.byId(storeId);
      if (store) started += await enterAs({ ...SYSTEM, store }, () => startIn(storeId));
    }
    return started;
  }

  /**
   * Turns a batch of new events into deliveries. One node does so at a time, in the order of ids, so that an event never
   * stands in line before an earlier one. Events whose owners do not run here wait for a node where they do.
   */
  async function fanOut(): Promise<number> {
    let events: EventRow[] = [];
    await addToLines(deps, async () => {
      events = await database.platform.query<EventRow>(
        `with fresh as materialized (
           select store_id, id from kernel.events where not relayed and name = any($1) order by id limit ${BATCH})
         update kernel.events e set relayed = true from fresh where e.store_id = fresh.store_id and e.id = fresh.id
         returning e.store_id, e.id, e.name, e.entity`,
        [[...hooks().event.keys()]],
      );
      return additionsFor(deps, events);
    });
    return events.length;
  }

  /** Stores that have something due, who has waited longest first. */
  async function dueStores(): Promise<number[]> {
    const rows = await database.platform.query<{ store_id: number }>(
      `select store_id from kernel.deliveries where state = 'waiting' and next_at <= $1
       group by store_id order by min(next_at) limit 100`,
      [clock.now()],
    );
    return rows.map((row) => row.store_id);
  }

  /** Takes what is due and fits. It is due again after a while, so that what a killed process had comes back. */
  async function startIn(storeId: number): Promise<number> {
    const inStore = [...running.values()].filter((id) => id === storeId).length;
    const count = Math.min(AT_ONCE - running.size, AT_ONCE_PER_STORE - inStore);
    if (count <= 0) return 0;
    const now = clock.now();
    // Materialized: the planner may otherwise run a part that locks rows more than once, and lock more than `count`.
    const claimed = await database.query<Claimed>(
      `with due as materialized (
         select id from kernel.deliveries where store_id = $1 and state = 'waiting' and next_at <= $2
         order by next_at, event_id limit $4 for update skip locked)
       update kernel.deliveries d set next_at = $3, attempts = d.attempts + 1
       from due, kernel.events e
       where d.store_id = $1 and d.id = due.id and e.store_id = $1 and e.id = d.event_id
       returning d.id, d.plugin, d.entity, d.attempts, e.uuid, e.name, e.payload, e.occurred_at`,
      [storeId, now, new Date(now.getTime() + CLAIM_FOR), count],
    );
    for (const one of claimed) {
      const run = make(one).then(() => {
        running.delete(run);
        if (stopListening) go();
      });
      running.set(run, storeId);
    }
    return claimed.length;
  }

  async function make(claimed: Claimed): Promise<void> {
    try {
      if (await deliver(deps, claimed)) made += 1;
    } catch (error) {
      const details = { plugin: claimed.plugin, err: error };
      log.error(details, 'what came of a delivery could not be noted; it is made again');
    }
  }

  function go(): void {
    pass().catch((error) => log.error({ err: error }, 'events could not be delivered; tried again in 5 s'));
  }

  function wake(): void {
    hasNews = true;
    go();
  }

  return {
    /** Something is there to deliver: done here if deliveries are made here, else other nodes are told, once for many. */
    notify(): void {
      const unheard = (err: unknown) =>
        log.warn({ err }, 'no node could be told of an event; it is found within 5 s');
      if (stopListening) wake();
      else tell().catch(unheard);
    },
    async start(): Promise<void> {
      if (stopListening) return;
      const off = changes.on('events', wake);
      const timer = setInterval(wake, POLL_EVERY).unref();
      stopListening = () => {
        clearInterval(timer);
        off();
      };
      wake();
    },
    async stop(): Promise<void> {
      stopListening?.();
      stopListening = undefined;
      const rest = lastPass.catch(() => 0).then(() => Promise.all(running.keys()));
      await inTime(rest, STOP_WITHIN).catch(() =>
        log.warn({ running: running.size }, 'stopped while event handlers ran'),
      );
    },
    /** Delivers until nothing is due and nothing runs; answers how many deliveries were made. */
    async deliver(): Promise<number> {
      const before = made;
      do {
        hasNews = true;
        await Promise.all(running.keys());
      } while ((await pass()) > 0 || running.size > 0);
      return made - before;
    },
  };
}
