import { type Id, type JobDefinition, Type } from 'kontor/sdk';
import { fillNext } from '../actions/fill-collection.ts';

/** Fills a collection of a large store, in pieces; what a stop leaves undone, the next try does from where it began. */
export const fillCollection: JobDefinition<{ collectionId: Id; after: Id }> = {
  payload: Type.Object({ collectionId: Type.Integer(), after: Type.Integer() }),
  async handler(job, services) {
    const { database, stores } = services;
    const { collectionId, after } = job.payload;
    const [{ total } = { total: 0 }] = await database.query<{ total: number }>(
      'select count(*) as total from catalog.products where store_id = $1 and id > $2',
      [stores.current().id, after],
    );
    let done = 0;
    for (
      let piece = await fillNext(services, { collectionId, after });
      piece;
      piece = await fillNext(services, { collectionId, after: piece.last })
    ) {
      done += piece.count;
      await job.progress(Math.min(99, Math.floor((done / Math.max(total, 1)) * 100)), `${done} / ${total}`);
      if (job.signal.aborted) return;
    }
  },
};
