import { type JobDefinition, Type } from 'kontor/sdk';
import { mailSettings } from '../services/settings.ts';

const DAY = 24 * 3_600_000; // ms
const PIECE = 1000; // rows a statement

/** Mails hold names and addresses, so that they are kept for a time only. */
export const dropOldLetters: JobDefinition<Record<string, never>> = {
  payload: Type.Object({}),
  schedule: { cron: '40 3 * * *', payload: {} },
  async handler({ signal }, services) {
    const { clock, database, stores } = services;
    const { keepDays } = await mailSettings(services);
    const before = new Date(clock.now().getTime() - keepDays * DAY);
    let dropped = PIECE;
    while (dropped === PIECE && !signal.aborted) {
      const gone = await database.query(
        `delete from mail.letters where store_id = $1 and id = any(
           array(select id from mail.letters where store_id = $1 and created_at < $2 and state <> 'waiting'
                 order by created_at limit $3)) returning id`,
        [stores.current().id, before, PIECE],
      );
      dropped = gone.length;
    }
  },
};
