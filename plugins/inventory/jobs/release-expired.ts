import { type JobDefinition, Type } from 'kontor/sdk';
import { releaseExpired } from '../actions/release-expired.ts';

const BATCH = 200; // holds; what one transaction locks stays short

/** Reads and reservations see past what has expired already, so that being a little late costs nobody a sale. */
export const releaseExpiredHolds: JobDefinition<Record<string, never>> = {
  payload: Type.Object({}),
  schedule: { cron: '*/10 * * * *', payload: {} },
  async handler(job, services) {
    let released = 0;
    for (let count = -1; count !== 0 && !job.signal.aborted; released += count) {
      count = await releaseExpired(services, { most: BATCH });
    }
    return { released };
  },
};
