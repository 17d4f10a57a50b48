import { LRUCache } from 'lru-cache';
import type { RateLimit, RateLimitStore } from 'kontor/sdk';
import type { KernelLog } from '../parts.ts';
import { httpErrors } from './errors.ts';

const MOST_KEYS = 50_000; // about 10 MB; past it the oldest go, so that a flood of addresses cannot fill the memory

/**
 * Counts calls in fixed windows, in this process or in a store shared by all nodes. When the shared store fails, this
 * process counts alone: neither open nor shut.
 *
 * @throws KERNEL_ERR_RATE when the call is one too many
 * @returns headers that say what is left
 */
export function createRateLimits(deps: {
  clock: { now(): Date };
  log: KernelLog;
  shared: () => RateLimitStore | undefined;
}) {
  const own = createMemoryStore(deps.clock);
  return async (key: string, { max, window }: RateLimit): Promise<Record<string, string>> => {
    const { current, ttl } = await (deps.shared() ?? own).increment(key, window).catch((err: unknown) => {
      deps.log.warn({ err }, 'the shared rate-limit store failed; this node counts alone');
      return own.increment(key, window);
    });
    const wait = Math.max(1, Math.ceil(ttl / 1000));
    if (current > max) {
      throw new httpErrors.KERNEL_ERR_RATE(max, window, wait, { details: { retryAfter: wait, max, window } });
    }
    return {
      'ratelimit-limit': String(max),
      'ratelimit-remaining': String(max - current),
      'ratelimit-reset': String(wait),
    };
  };
}

function createMemoryStore(clock: { now(): Date }): RateLimitStore {
  const windows = new LRUCache<string, { current: number; endsAt: number }>({ max: MOST_KEYS });
  return {
    async increment(key, window) {
      const now = clock.now().getTime();
      let open = windows.get(key);
      if (!open || open.endsAt <= now) {
        open = { current: 0, endsAt: now + window };
        windows.set(key, open);
      }
      open.current += 1;
      return { current: open.current, ttl: open.endsAt - now };
    },
  };
}
