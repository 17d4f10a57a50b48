import { defineRoutes, refused, route, Type } from 'kontor/sdk';
import { ASSETS } from '../pages/assets.ts';

const readAsset = route({
  method: 'GET',
  path: '/checkout/assets/:name',
  surface: 'storefront',
  access: 'anyone',
  summary: 'Style and script of the checkout, by a name that changes with them',
  params: Type.Object({ name: Type.String({ maxLength: 100 }) }),
  refusals: { notFound: 404 },
  handler({ params, reply }) {
    const asset = Object.values(ASSETS).find(({ name }) => name === params.name);
    if (!asset) return refused('notFound');
    reply.type(asset.type).header('cache-control', 'public, max-age=31536000, immutable');
    return asset.content;
  },
});

export const assetRoutes = defineRoutes([readAsset]);
