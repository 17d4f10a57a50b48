import { route, Type } from 'kontor/sdk';
import { exportProducts } from '../services/exports.ts';
import { READ } from './shared.ts';

export const exportCsv = route({
  method: 'GET',
  path: '/exports/products.csv',
  surface: 'store',
  access: READ,
  summary: 'All products as CSV, in our own format or in Shopify’s',
  query: Type.Object({
    format: Type.Union([Type.Literal('kontor'), Type.Literal('shopify')], { default: 'kontor' }),
  }),
  handler({ query, reply, store }, services) {
    reply.type('text/csv; charset=utf-8');
    reply.header('content-disposition', `attachment; filename="${store.handle}-products.csv"`);
    return exportProducts(services, query.format);
  },
});
