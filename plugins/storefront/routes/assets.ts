import { refused, route, Type } from 'kontor/sdk';
import { ASSETS } from '../pages/assets.ts';

export const asset = route({
  method: 'GET',
  path: '/assets/:name',
  surface: 'storefront',
  access: 'anyone',
  summary: 'Style and script of the pages',
  params: Type.Object({ name: Type.String({ maxLength: 100 }) }),
  refusals: { notFound: 404 },
  handler({ params, reply }) {
    const found = Object.values(ASSETS).find(({ name }) => name === params.name);
    if (!found) return refused('notFound');
    reply.type(found.type).header('cache-control', 'public, max-age=31536000, immutable');
    return found.content;
  },
});
