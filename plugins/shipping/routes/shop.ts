import { defineRoutes, route, Type } from 'kontor/sdk';

/** What visitors of the shop may ask. */
export const shopRoutes = defineRoutes([
  route({
    surface: 'shop',
    access: 'anyone',
    method: 'GET',
    path: '/shipping/countries',
    summary: 'Countries this store delivers to',
    response: { 200: Type.Object({ countries: Type.Array(Type.String()) }) },
    handler: async (_, { shipping }) => ({ countries: await shipping.countries() }),
  }),
]);
