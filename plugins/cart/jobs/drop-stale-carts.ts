import { type JobDefinition, type Jobs, Type } from 'kontor/sdk';

const DAY = 24 * 3_600_000; // ms
const MOST_ROUNDS = 200; // of 500 carts; what is left waits for the next night

/** Removes carts that nobody has touched for as long as the store keeps them, every night in the store's own time. */
export const dropStaleCarts: JobDefinition<Jobs['cart.drop-stale-carts']> = {
  payload: Type.Object({}, { additionalProperties: false }),
  schedule: { cron: '20 3 * * *', payload: {} },
  async handler(job, { carts, clock, settings }) {
    const { keepDays } = await settings.get<{ keepDays: number }>();
    const before = new Date(clock.now().getTime() - keepDays * DAY);
    let dropped = 0;
    for (let round = 0; round < MOST_ROUNDS && !job.signal.aborted; round += 1) {
      const count = await carts.dropBefore(before);
      dropped += count;
      if (count === 0) break;
      await job.progress(50, `${dropped} carts removed`);
    }
    return { dropped };
  },
};
