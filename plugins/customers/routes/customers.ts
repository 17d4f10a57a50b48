import { refused, route, Type } from 'kontor/sdk';
import { all, Email, Id, Page } from './schemas.ts';

const read = { surface: 'store', access: { permission: 'customers.read' } } as const;
const write = { surface: 'store', access: { permission: 'customers.write' } } as const;
const notFound = { notFound: 404 } as const;
const states = ['guest', 'active', 'disabled'] as const;

export const listCustomers = route({
  ...read,
  method: 'GET',
  path: '/customers',
  summary: 'Who shops here, newest first',
  query: Type.Object({
    ...Page,
    text: Type.Optional(Type.String({ maxLength: 100 })),
    group: Type.Optional(Type.String({ maxLength: 40 })),
    tag: Type.Optional(Type.String({ maxLength: 60 })),
    state: Type.Optional(Type.Union(states.map((state) => Type.Literal(state)))),
    acceptsMarketing: Type.Optional(Type.Boolean()),
  }),
  async handler({ query }, { customerBook }) {
    const { profiles: items, next } = await customerBook.list(query);
    return { items, next };
  },
});

export const readCustomer = route({
  ...read,
  method: 'GET',
  path: '/customers/:id',
  summary: 'One customer, with addresses',
  params: Id,
  refusals: notFound,
  async handler({ params: { id } }, { customerBook }) {
    const profile = await customerBook.find(id);
    return profile ? { ...profile, addresses: await customerBook.addressesOf(id) } : refused('notFound');
  },
});

export const createCustomer = route({
  ...write,
  method: 'POST',
  path: '/customers',
  summary: 'Adds a customer without an account',
  body: Type.Object({ email: Email, ...all }),
  transaction: true,
  refusals: { emailTaken: 409 },
  async handler({ body, reply }, { customerBook }) {
    const made = await customerBook.create(body);
    if (made.ok) reply.status(201);
    return made;
  },
});

export const changeCustomer = route({
  ...write,
  method: 'PATCH',
  path: '/customers/:id',
  summary: 'Changes what is known of a customer',
  params: Id,
  body: Type.Object({ version: Type.Integer({ minimum: 1 }), ...all }),
  transaction: true,
  refusals: { ...notFound, changed: 409 },
  handler: ({ params: { id }, body }, { customerBook }) => customerBook.update(id, body),
});

export const setStatus = route({
  ...write,
  method: 'PUT',
  path: '/customers/:id/status',
  summary: 'Lets an account sign in, or not; a disabled one is signed out everywhere',
  params: Id,
  body: Type.Object({ state: Type.Union([Type.Literal('active'), Type.Literal('disabled')]) }),
  transaction: true,
  refusals: { ...notFound, noAccount: 409 },
  handler: ({ params: { id }, body }, { customerBook }) => customerBook.setState(id, body.state),
});
