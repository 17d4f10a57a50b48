import type pg from 'pg';
import { current } from '../context.ts';
import type { Change, Changes, ConnectionTarget, KernelDatabase, KernelLog } from '../parts.ts';
import { connect } from './index.ts';

const CHANNEL = 'kontor_changes';
const RECONNECT_AFTER = 500; // ms; caches are bypassed meanwhile, so soon is better than polite

/** Tells every node what changed, over one listening connection each. */
export async function createChanges(input: {
  database: Pick<KernelDatabase, 'query' | 'platform'>;
  target: ConnectionTarget;
  log: KernelLog;
}): Promise<Changes> {
  const { database, log } = input;
  const handlers = new Map<string, Set<(key: string) => void>>();
  let client: pg.Client | undefined;
  let isLive = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  async function listen(): Promise<void> {
    const fresh = await connect(input.target);
    fresh.on('notification', ({ payload }) => hear(JSON.parse(payload ?? '{}') as Change));
    fresh.once('end', lost);
    await fresh.query(`listen ${CHANNEL}`);
    client = fresh;
    isLive = true;
    for (const topic of handlers.keys()) hear({ topic, key: '*' }); // whatever was said meanwhile was missed
  }

  function lost(): void {
    isLive = false;
    if (isClosed) return;
    log.warn({}, 'the listening connection was lost; caches are bypassed until it is back');
    timer = setTimeout(() => listen().catch(lost), RECONNECT_AFTER);
  }

  function hear({ topic, key }: Change): void {
    for (const handler of handlers.get(topic) ?? []) {
      try {
        handler(key);
      } catch (error) {
        log.error({ err: error, topic }, 'a listener to changes failed');
      }
    }
  }

  await listen();
  return {
    async announce(change) {
      const { transaction, platformTransaction } = current();
      const open = platformTransaction ?? transaction;
      const payload = JSON.stringify({ topic: change.topic, key: change.key });
      if (open?.announced.has(payload)) return;
      open?.announced.add(payload);
      const through = platformTransaction || !transaction ? database.platform.query : database.query;
      await through(`select pg_notify('${CHANNEL}', $1)`, [payload]);
      // Here at once, so that who made the change sees it; it is heard a second time when the server tells everyone.
      if (open) open.afterCommit.push(() => hear(change));
      else hear(change);
    },
    on(topic, handler) {
      const listeners = handlers.get(topic) ?? new Set();
      handlers.set(topic, listeners.add(handler));
      return () => listeners.delete(handler);
    },
    get isLive() {
      return isLive;
    },
    async close() {
      isClosed = true;
      isLive = false;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
