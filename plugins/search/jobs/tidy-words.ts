import { type JobDefinition, Type } from 'kontor/sdk';
import { tidyWords as tidy } from '../actions/tidy.ts';
import { fillFirst } from '../hooks/follow-catalog.ts';

/** Every night: how many products have a word, for better suggestions. A store that was never indexed is, as a whole. */
export const tidyWords: JobDefinition<Record<string, never>> = {
  payload: Type.Object({}),
  schedule: { cron: '40 3 * * *', payload: {} },
  async handler(_job, services) {
    await fillFirst(services);
    await tidy(services);
  },
};
