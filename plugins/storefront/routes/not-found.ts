import { refused, route, Type } from 'kontor/sdk';
import { notFound } from '../pages/not-found.ts';
import { forVisitors } from './shared.ts';

/** Whatever no other plugin has on a store's host. */
export const anythingElse = route({
  ...forVisitors,
  path: '/*',
  summary: 'A page that says that there is nothing here',
  params: Type.Object({ '*': Type.String() }),
  refusals: { notFound: 404 },
  async handler(request, services) {
    const isApi = request.params['*'].startsWith('api/');
    return isApi ? refused('notFound') : notFound(request, services);
  },
});
