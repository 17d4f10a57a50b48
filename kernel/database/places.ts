import { ConnectionAcquireTimeoutError } from 'sequelize';

/**
 * A number of places, given to who asks first.
 *
 * @param patience - milliseconds that one waits; the rejection is the one of a pool that is too small
 */
export function createPlaces({ count, patience }: { count: number; patience: number }) {
  const queue = new Set<() => void>();
  let free = count;

  return {
    async take(): Promise<void> {
      if (free > 0) {
        free -= 1;
        return;
      }
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      queue.add(resolve);
      const timer = setTimeout(() => {
        queue.delete(resolve);
        reject(new ConnectionAcquireTimeoutError(new Error(`No connection came free within ${patience} ms`)));
      }, patience);
      await promise.finally(() => clearTimeout(timer));
    },
    giveBack(): void {
      const [next] = queue;
      if (!next) free += 1;
      else {
        queue.delete(next);
        next();
      }
    },
  };
}
