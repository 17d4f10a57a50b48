import { readFile } from 'node:fs/promises';
import { route } from 'kontor/sdk';

const source = await readFile(new URL('../browser/checkout.js', import.meta.url));

export const checkoutModule = route({
  method: 'GET',
  path: '/payments-stripe/checkout.js',
  surface: 'storefront',
  access: 'anyone',
  summary: 'Script of the checkout page that shows the fields of Stripe',
  handler({ reply }) {
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=300');
    return source;
  },
});
