import { refused, route, Type } from 'kontor/sdk';
import { ASSETS } from '../pages/assets.ts';
import { iconOf } from '../pages/colours.ts';
import { forVisitors } from './shared.ts';

export const asset = route({
  ...forVisitors,
  path: '/assets/:name',
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

/** Asked for by browsers on every page of a store, those of the checkout too. */
export const icon = route({
  ...forVisitors,
  path: '/favicon.ico',
  summary: 'The first letter of the store on its colour',
  async handler({ reply, store }, { settings }) {
    const { accent } = await settings.get<{ accent: string }>();
    reply
      .type('image/svg+xml; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .header('content-security-policy', "default-src 'none'");
    return iconOf(store.name, accent);
  },
});
