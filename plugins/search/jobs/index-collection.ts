import { type Id, type JobDefinition, Type } from 'kontor/sdk';
import { engineOf } from '../services/search.ts';

/** Follows the members of a collection. */
export const indexCollection: JobDefinition<{ collectionId: Id }> = {
  payload: Type.Object({ collectionId: Type.Integer() }),
  handler: (job, services) =>
    engineOf(services).indexCollection(job.payload.collectionId, (percent) => job.progress(percent)),
};
