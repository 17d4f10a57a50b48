import { type Id, type JobDefinition, Type } from 'kontor/sdk';
import { engineOf } from '../services/search.ts';

/** Indexes every product of the store again; what nobody changed is not written. */
export const reindex: JobDefinition<Record<string, never>> = {
  payload: Type.Object({}),
  timeLimit: 4 * 3600,
  perStore: 1,
  async handler(job, services) {
    const { catalog, clock, database, stores } = services;
    const engine = engineOf(services);
    const { cards } = await catalog.cards({ sort: 'newest', limit: 1 });
    const last = cards[0]?.id ?? 0;
    for (let after: Id | undefined = 0; after !== undefined; ) {
      const products = await catalog.productsAfter(after, { limit: 100 });
      const ids = products.map(({ id }) => id);
      if (ids.length > 0) await engine.index(ids);
      if (job.signal.aborted) return;
      after = ids.length < 100 ? undefined : ids.at(-1);
      if (after !== undefined)
        await job.progress(Math.min(99, Math.floor((after / Math.max(last, after)) * 100)));
    }
    await engine.tidy();
    await database.query(
      `insert into search.states (store_id, name, filled_at) values ($1, 'index', $2)
       on conflict (store_id, name) do update set filled_at = excluded.filled_at`,
      [stores.current().id, clock.now()],
    );
  },
};
