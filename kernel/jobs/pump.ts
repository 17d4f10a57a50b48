import { inTurn, type Core, type Lane } from './parts.ts';

const EVERYWHERE = '*';

/** Keeps jobs moving: where something waits or a slot is free, it relays and fills, one turn at a time. */
export function createPump({
  relay,
  fill,
  changes,
  log,
}: Pick<Core, 'changes' | 'log'> & {
  relay: (lanes?: readonly Lane[]) => Promise<number>;
  fill: () => Promise<number>;
}) {
  const told = new Set<string>();
  const untold = new Set<string>();
  let state: 'idle' | 'open' | 'closed' = 'idle';

  const turn = inTurn(async () => {
    const keys = [...told];
    told.clear();
    if (state === 'closed') return 0;
    try {
      const lanes = keys.includes(EVERYWHERE) ? undefined : keys.map(laneOf);
      const moved = keys.length > 0 ? await relay(lanes) : 0;
      return moved + (await fill());
    } catch (error) {
      told.add(EVERYWHERE); // or what was told of would be forgotten
      throw error;
    }
  });

  const tell = inTurn(async () => {
    const keys = [...untold];
    untold.clear();
    for (const key of keys) await changes.announce({ topic: 'jobs', key });
  });

  /** @param key - of a lane where something waits, or a place is free; everywhere when left out */
  function wake(key = EVERYWHERE): void {
    if (state !== 'open') return;
    told.add(key);
    turn().catch((error) => log.error({ err: error }, 'jobs could not be moved on; it is tried again'));
  }

  return {
    open(): void {
      state = 'open';
      wake();
    },
    wake,
    wakeLane: (lane: Lane): void => wake(keyOf(lane)),
    /** Tells every worker where something waits. Many of one moment are told once; the net of 5 s is behind it. */
    announce(lane: Lane): void {
      untold.add(keyOf(lane));
      tell().catch((error) =>
        log.warn({ err: error }, 'workers could not be told of a job; they find it later'),
      );
    },
    /** Looks everywhere, also when it is not open. @returns how many jobs moved */
    turn(): Promise<number> {
      told.add(EVERYWHERE);
      return turn();
    },
    async close(): Promise<void> {
      state = 'closed';
      await turn().catch(() => 0); // the one that runs, then an empty one
    },
  };
}

function keyOf({ storeId, name }: Lane): string {
  return `${storeId}:${name}`;
}

function laneOf(key: string): Lane {
  const [storeId, ...name] = key.split(':');
  return { storeId: Number(storeId), name: name.join(':') };
}
