import { type JobDefinition, Type } from 'kontor/sdk';

const KEPT = 12; // months: what was asked is answered by then
const PIECE = 1000; // rows a statement

/** Messages hold names and addresses, so that they are kept for a time only. */
export const dropOldMessages: JobDefinition<Record<string, never>> = {
  payload: Type.Object({}),
  schedule: { cron: '10 4 * * *', payload: {} },
  async handler({ signal }, { clock, database, stores }) {
    const before = clock.now();
    before.setUTCMonth(before.getUTCMonth() - KEPT);
    let dropped = PIECE;
    while (dropped === PIECE && !signal.aborted) {
      const gone = await database.query(
        `delete from content.messages where store_id = $1 and id = any(
           array(select id from content.messages where store_id = $1 and created_at < $2
                 order by created_at limit $3)) returning id`,
        [stores.current().id, before, PIECE],
      );
      dropped = gone.length;
    }
  },
};
