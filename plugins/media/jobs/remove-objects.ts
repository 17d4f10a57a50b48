import { type JobDefinition, Type } from 'kontor/sdk';
import { mediaSettings } from '../services/settings.ts';
import { storageOf } from '../services/storage/index.ts';

/** Removes a file's content, in all its sizes. */
export const removeObjects: JobDefinition<{ key: string }> = {
  payload: Type.Object({ key: Type.String({ pattern: '^[\\w-]{22}$' }) }),
  retries: 8,
  retryDelay: 60, // s
  async handler({ payload }, services) {
    const storage = storageOf(await mediaSettings(services), services);
    await storage.removeAll(`${services.stores.current().id}/${payload.key}`);
  },
};
