import { definePlugin, route } from 'kontor/sdk';

const greet = route({
  method: 'GET',
  path: '/greeting',
  surface: 'shop',
  access: 'anyone',
  summary: 'Greets who comes in',
  handler: ({ store }) => ({ greeting: `Welcome to ${store.name}` }),
});

export default definePlugin({ routes: [greet] });
