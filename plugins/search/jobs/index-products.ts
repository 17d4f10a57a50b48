import { type Id, type JobDefinition, Type } from 'kontor/sdk';
import { engineOf } from '../services/search.ts';

/** Looks again at products whose time to be seen, or to be seen no more, has come. */
export const indexProducts: JobDefinition<{ productIds: readonly Id[] }> = {
  payload: Type.Object({ productIds: Type.Array(Type.Integer()) }),
  handler: ({ payload }, services) => engineOf(services).index(payload.productIds),
};
