import { route } from 'kontor/sdk';
import { exportProfiles } from '../actions/export-profiles.ts';

export const exportCustomers = route({
  surface: 'store',
  access: { permission: 'customers.export' },
  feature: 'customers.export',
  method: 'GET',
  path: '/customers/export.csv',
  summary: 'All customers as CSV',
  handler({ reply, store }, services) {
    reply.type('text/csv; charset=utf-8');
    reply.header('content-disposition', `attachment; filename="customers-${store.handle}.csv"`);
    return exportProfiles(services);
  },
});
