import type pg from 'pg';
import { current } from '../context.ts';
import type { Change, Changes, ConnectionTarget, KernelDatabase, KernelLog } from '../parts.ts';
import { connect } from './index.ts';

const CHANNEL = 'kontor_changes';
const RECONNECT_AFTER = 500; // ms; caches are bypassed meanwhile, so soon is better than polite
const BEAT_EVERY = 5_000; // ms; a connection whose other end is gone without a word is found out after two

/**
 * Tells every node what changed, over one listening connection each.
 *
 * @param beatEvery - milliseconds between two questions whether the listening connection still answers; 5 s when left out
 */
export async function createChanges(input: {
  database: Pick<KernelDatabase, 'query' | 'platform'>;
  target: ConnectionTarget;
  log: KernelLog;
  beatEvery?: number;
}): Promise<Changes> {
  const { database, log, beatEvery = BEAT_EVERY } = input;
  const handlers = new Map<string, Set<(key: string) => void>>();
  let client: pg.Client | undefined;
  let isLive = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  async function listen(): Promise<void> {
    const fresh = await connect(input.target);
    if (isClosed) return fresh.end();
    client = fresh;
    fresh.on('notification', ({ payload }) => receive(payload ?? ''));
    fresh.once('end', lost);
    await fresh.query(`listen ${CHANNEL}`);
    isLive = true;
    watch(fresh);
    for (const topic of handlers.keys()) hear({ topic, key: '*' }); // whatever was said meanwhile was missed
  }

  /** Listening sends nothing, so nothing fails when a network or a machine falls silent: caches would go stale unseen. */
  function watch(fresh: pg.Client): void {
    let isAnswered = true;
    const ask = async () => {
      if (!isAnswered) return fresh.end(); // with a question open it waits for no answer
      isAnswered = false;
      await fresh.query('select 1');
      isAnswered = true;
    };
    // One more turn: an answer that came while somebody else held the event loop still counts. A fault is told by 'end'.
    const timer = setInterval(() => setImmediate(() => ask().catch(() => undefined)), beatEvery).unref();
    fresh.once('end', () => clearInterval(timer));
  }

  /** Told of one connection more than once, it makes one new one. */
  function lost(): void {
    isLive = false;
    if (isClosed) return;
    log.warn({}, 'the listening connection was lost; caches are bypassed until it is back');
    clearTimeout(timer);
    timer = setTimeout(() => listen().catch(lost), RECONNECT_AFTER);
  }

  /** Every statement of the database may speak on this channel, so that what makes no sense must harm nobody. */
  function receive(payload: string): void {
    try {
      const { topic, key } = JSON.parse(payload);
      if (typeof topic === 'string' && typeof key === 'string') hear({ topic, key });
    } catch (err) {
      log.warn({ err }, 'something was said to the nodes that is no change');
    }
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
