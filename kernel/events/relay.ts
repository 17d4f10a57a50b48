import type { KernelServices } from 'kontor/sdk';
import { enterAs, type Context, type StoreContext } from '../context.ts';
import { inTime } from '../hooks/in-time.ts';
import type { Changes, EnterPlugin, KernelDatabase, KernelLog, Tenancy } from '../parts.ts';
import { claim, dueStores, type Claimed } from './claim.ts';
import { deliver, TIME_LIMIT, type Handle } from './deliver.ts';
import { fanOut } from './fan-out.ts';
import { inTurn } from './in-turn.ts';

const AT_ONCE = 20; // deliveries running on one node
const AT_ONCE_PER_STORE = 10; // so that a store whose handlers hang leaves room for others
const CLAIM_FOR = 2 * TIME_LIMIT; // ms; past the time limit, so that no delivery is made twice at the same time
const POLL_EVERY = 5000; // ms; the net under notices that got lost, and the clock of retries
const STOP_WITHIN = 10_000; // ms for running handlers; what takes longer comes back when its claim ends
const SYSTEM: Context = { actor: { kind: 'system', reason: 'delivery of events' } };

export type RelayInput = {
  database: KernelDatabase;
  changes: Pick<Changes, 'announce' | 'on'>;
  tenancy: Pick<Tenancy, 'byId'>;
  clock: KernelServices['clock'];
  log: KernelLog;
  metrics: KernelServices['metrics'];
  enter: EnterPlugin;
};
/** Each declared event's name to plugin id to handler, and the plugins that run at all. */
export type Handlers = {
  byEvent: ReadonlyMap<string, ReadonlyMap<string, Handle>>;
  plugins: ReadonlySet<string>;
};

/** Brings committed events to their handlers. */
export function createRelay(deps: RelayInput) {
  const { database, changes, tenancy, clock, log } = deps;
  const outcomes = deps.metrics.counter(
    'kontor_event_deliveries_total',
    'Deliveries of events, by what came of them',
  );
  const running = new Map<Promise<void>, number>();
  const pass = inTurn(() => enterAs(SYSTEM, passOnce));
  let handlers: Handlers | undefined;
  let hasNews = true;
  let made = 0;
  let lastPass: Promise<unknown> = Promise.resolve();
  let stopListening: (() => void) | undefined;

  /** Fans out what is new and starts what is due and fits; answers how many were started. */
  async function passOnce(): Promise<number> {
    if (!handlers) return 0; // before the plugins are here, nobody would get anything
    if (hasNews) {
      hasNews = false;
      await fanOut({ ...deps, names: [...handlers.byEvent.keys()], handlersOf });
    }
    let started = 0;
    for (const storeId of running.size < AT_ONCE ? await dueStores(database, clock.now()) : []) {
      const store = await tenancy.byId(storeId);
      if (store) started += await enterAs({ ...SYSTEM, store }, () => startIn(store));
    }
    return started;
  }

  async function startIn(store: StoreContext): Promise<number> {
    const storeId = store.ref.id;
    const inStore = [...running.values()].filter((id) => id === storeId).length;
    const count = Math.min(AT_ONCE - running.size, AT_ONCE_PER_STORE - inStore);
    if (count <= 0) return 0;
    const now = clock.now();
    const until = new Date(now.getTime() + CLAIM_FOR);
    const claimed = await claim(database, { storeId, now, until, count });
    for (const one of claimed) start(store, one);
    return claimed.length;
  }

  function start(store: StoreContext, claimed: Claimed): void {
    const { plugin, name } = claimed;
    const { byEvent, plugins } = handlers!;
    const isOn = byEvent.has(name) && plugins.has(plugin) && store.gate.plugins.has(plugin);
    const handle = byEvent.get(name)?.get(plugin);
    const run = deliver({ ...deps, count }, { store, claimed, isOn, handle })
      .catch((error) =>
        log.error({ plugin, err: error }, 'what came of a delivery could not be noted; it is made again'),
      )
      .finally(() => {
        running.delete(run);
        if (stopListening) go();
      });
    running.set(run, store.ref.id);
  }

  function count(outcome: string, plugin: string): void {
    made += 1;
    outcomes.add(1, { outcome, plugin });
  }

  /** Plugins that handle an event and are on for the store. */
  function handlersOf(event: string, store: StoreContext | undefined): string[] {
    return [...(handlers?.byEvent.get(event)?.keys() ?? [])].filter((plugin) =>
      store?.gate.plugins.has(plugin),
    );
  }

  function go(): void {
    lastPass = pass().catch((error) =>
      log.error({ err: error }, 'events could not be delivered; tried again in 5 s'),
    );
  }

  function wake(): void {
    hasNews = true;
    go();
  }

  return {
    handlersOf,
    use(next: Handlers): void {
      handlers = next;
    },
    /** Something is there to deliver: done here if deliveries are made here, else other nodes are told. */
    notify(storeId: number): void {
      if (stopListening) {
        wake();
        return;
      }
      const told = enterAs(SYSTEM, () => changes.announce({ topic: 'events', key: String(storeId) }));
      told.catch((error) =>
        log.warn({ err: error }, 'no node could be told of an event; it is found within 5 s'),
      );
    },
    start(): void {
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
      const rest = lastPass.then(() => Promise.all(running.keys()));
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
export type Relay = ReturnType<typeof createRelay>;
