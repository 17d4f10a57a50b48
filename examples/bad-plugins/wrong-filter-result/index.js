import { definePlugin, route, Type } from 'kontor/sdk';

export default definePlugin({
  declares: { filters: { 'sign.text': { value: Type.String() } } },
  filters: { 'sign.text': () => 42 },
  routes: [
    route({
      method: 'GET',
      path: '/sign',
      surface: 'shop',
      access: 'anyone',
      handler: async (_request, { hooks }) => ({ text: await hooks.filter('sign.text', 'open') }),
    }),
  ],
});
