import { Type } from 'kontor/sdk';

const DAY = 24 * 3_600_000; // ms

/** Removes what is older than the store keeps, every night in the store's own time. */
export const dropOldEntries = {
  payload: Type.Object({}),
  schedule: { cron: '15 3 * * *', payload: {} },
  async handler(job, { clock, guestbook, settings }) {
    const { keepDays } = await settings.get();
    const before = new Date(clock.now().getTime() - keepDays * DAY);
    let dropped = 0;
    for (let count = -1; count !== 0; dropped += count) {
      count = await guestbook.dropBefore(before);
      await job.progress(50, `${dropped + count} entries removed`);
    }
    return { dropped };
  },
};
