import { type Id, type JobDefinition, Type } from 'kontor/sdk';
import { takeBulkStep } from '../actions/take-bulk-step.ts';

/** Makes a bulk change, a step a transaction; after a crash it goes on where the last step ended. */
export const changeProducts: JobDefinition<{ bulkId: Id }> = {
  payload: Type.Object({ bulkId: Type.Integer() }),
  retries: 10,
  timeLimit: 3600,
  async handler(job, services) {
    for (;;) {
      const percent = await takeBulkStep(services, job.payload.bulkId);
      if (percent === undefined) return;
      await job.progress(percent);
    }
  },
};
