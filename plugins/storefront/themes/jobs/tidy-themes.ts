import { type JobDefinition, Type } from 'kontor/sdk';

const DAY = 24 * 3_600_000; // ms
const KEPT = 100; // versions of a theme behind the newest; somebody who edits a day long makes about as many

/**
 * Drops old versions, and contents that no version has. What visitors see stays, and so does what was published last, to go
 * back to.
 */
export const tidyThemes: JobDefinition<Record<string, never>> = {
  payload: Type.Object({}),
  schedule: { cron: '20 3 * * *', payload: {} },
  async handler(_job, { clock, database, stores }) {
    const { id: storeId } = stores.current();
    await database.query(
      `delete from storefront.theme_versions v using storefront.themes t
       where v.store_id = $1 and t.store_id = $1 and t.id = v.theme_id and v.number <= t.head - ${KEPT}
         and not exists (
           select 1 from storefront.live_themes l
           where l.store_id = $1 and l.theme_id = v.theme_id and l.number = v.number
         ) and not exists (
           select 1 from (
             select theme_id, number from storefront.theme_publications
             where store_id = $1 order by id desc limit 20
           ) p where p.theme_id = v.theme_id and p.number = v.number
         )`,
      [storeId],
    );
    // A version that is being made has marked its contents as used in its transaction, which this waits for.
    await database.query(
      `delete from storefront.theme_contents c
       where c.store_id = $1 and c.used_at < $2 and c.hash not in (
         select f.value from storefront.theme_versions v, jsonb_each_text(v.files) f where v.store_id = $1
       )`,
      [storeId, new Date(clock.now().getTime() - DAY)],
    );
  },
};
