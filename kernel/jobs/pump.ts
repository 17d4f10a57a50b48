import type { Changes, KernelLog } from '../parts.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { Lane } from './relay.ts';

/** Keeps jobs moving: where something waits or a slot is free, it relays and fills, one turn at a time. */
export function createPump({
  relay,
  fill,
  changes,
  log,
}: {
  relay: (lanes?: readonly Lane[]) => Promise<number>;
  fill: () => Promise<number>;
  changes: Changes;
  log: KernelLog;
}) {
  const told = new Map<string, Lane>();
  const untold = new Set<string>();
  let everywhere = false;
  let isOpen = false;
  let isClosed = false;
  let moved = 0;

  const turn = oneAtATime(async () => {
    if (isClosed) return;
    const lanes = everywhere ? undefined : [...told.values()];
    everywhere = false;
    told.clear();
    if (!lanes || lanes.length > 0) moved += await relay(lanes);
    moved += await fill();
  });

  const tell = oneAtATime(async () => {
    const keys = [...untold];
    untold.clear();
    for (const key of keys) await changes.announce({ topic: 'jobs', key });
  });

  function wake(lane?: Lane): void {
    if (!isOpen) return;
    if (lane) told.set(keyOf(lane), lane);
    else everywhere = true;
    turn().catch((error) => log.error({ err: error }, 'jobs could not be moved on; it is tried again'));
  }

  return {
    open(): void {
      isOpen = true;
      wake();
    },
    wake,
    /** What another node, or this one, has said of a lane; `*` after a gap. */
    hear(key: string): void {
      const [, storeId, name] = /^(\d+):(.+)$/.exec(key) ?? [];
      wake(storeId && name ? { storeId: Number(storeId), name } : undefined);
    },
    /** Tells every worker where something waits. Many of one moment are told once; the net of 5 s is behind it. */
    announce(lane: Lane): void {
      untold.add(keyOf(lane));
      tell().catch((error) =>
        log.warn({ err: error }, 'workers could not be told of a job; they find it later'),
      );
    },
    /** Looks everywhere, also when it is not open. @returns how many jobs moved since the last call */
    async turnEverywhere(): Promise<number> {
      everywhere = true;
      await turn();
      const count = moved;
      moved = 0;
      return count;
    },
    async close(): Promise<void> {
      isOpen = false;
      isClosed = true;
      await turn(); // the one that runs, then an empty one
    },
  };
}

function keyOf({ storeId, name }: Lane): string {
  return `${storeId}:${name}`;
}
