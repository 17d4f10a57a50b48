import { route } from 'kontor/sdk';
import { customerOf } from './account.ts';
import { Address, Id } from './schemas.ts';

const customer = { surface: 'shop', access: 'customer' } as const;
const refusals = { notFound: 404 } as const;

export const listAddresses = route({
  ...customer,
  method: 'GET',
  path: '/account/addresses',
  summary: 'Addresses of the signed-in customer',
  handler: async ({ actor }, { customerBook }) => ({
    items: await customerBook.addresses(customerOf(actor).customerId),
  }),
});

export const addAddress = route({
  ...customer,
  method: 'POST',
  path: '/account/addresses',
  summary: 'Keeps another address; the first is the default for both uses',
  transaction: true,
  body: Address,
  refusals,
  async handler({ actor, body, reply }, { customerBook }) {
    const saved = await customerBook.saveAddress(customerOf(actor).customerId, body);
    if (saved.ok) reply.status(201);
    return saved;
  },
});

export const changeAddress = route({
  ...customer,
  method: 'PUT',
  path: '/account/addresses/:id',
  summary: 'Changes an address',
  transaction: true,
  params: Id,
  body: Address,
  refusals,
  handler: ({ actor, params, body }, { customerBook }) =>
    customerBook.saveAddress(customerOf(actor).customerId, { ...body, id: params.id }),
});

export const removeAddress = route({
  ...customer,
  method: 'DELETE',
  path: '/account/addresses/:id',
  summary: 'Forgets an address',
  transaction: true,
  params: Id,
  refusals,
  handler: ({ actor, params }, { customerBook }) =>
    customerBook.removeAddress(customerOf(actor).customerId, params.id),
});
