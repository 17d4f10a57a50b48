import { type JobDefinition, Type } from 'kontor/sdk';
import { checkoutSettings } from '../services/settings.ts';

const DAY = 24 * 3_600_000; // ms
const BATCH = 1000; // rows

/** Addresses of people who did not buy are kept no longer than needed; who bought is in the order. */
export const dropOld: JobDefinition<Record<string, never>> = {
  payload: Type.Object({}),
  schedule: { cron: '40 3 * * *', payload: {} },
  async handler(_job, services) {
    const { clock, database, stores } = services;
    const { keepDays } = await checkoutSettings(services);
    const before = new Date(clock.now().getTime() - keepDays * DAY);
    let gone: unknown[];
    do {
      gone = await database.query(
        `delete from checkout.checkouts where store_id = $1 and cart_id = any(array(
           select cart_id from checkout.checkouts where store_id = $1 and updated_at < $2 order by updated_at limit ${BATCH}))
         returning cart_id`,
        [stores.current().id, before],
      );
    } while (gone.length === BATCH);
  },
};
