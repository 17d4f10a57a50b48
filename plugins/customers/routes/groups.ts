import { route, Type } from 'kontor/sdk';

const write = { surface: 'store', access: { permission: 'customers.write' }, transaction: true } as const;
const Code = Type.Object({ code: Type.String({ minLength: 1, maxLength: 40 }) });

export const listGroups = route({
  surface: 'store',
  access: { permission: 'customers.read' },
  method: 'GET',
  path: '/customer-groups',
  summary: 'Groups of customers, with how many are in each',
  handler: async (_, { customerBook }) => ({ items: await customerBook.groups() }),
});

export const saveGroup = route({
  ...write,
  method: 'PUT',
  path: '/customer-groups/:code',
  summary: 'Makes a group, or gives it another title',
  params: Code,
  body: Type.Object({ title: Type.String({ minLength: 1, maxLength: 100 }) }),
  handler: ({ params: { code }, body: { title } }, { customerBook }) =>
    customerBook.saveGroup({ code, title }),
});

export const removeGroup = route({
  ...write,
  method: 'DELETE',
  path: '/customer-groups/:code',
  summary: 'Removes a group that nobody is in',
  params: Code,
  refusals: { notFound: 404, inUse: 409 },
  handler: ({ params: { code } }, { customerBook }) => customerBook.removeGroup(code),
});
