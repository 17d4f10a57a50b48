import { type Json, type MetafieldOwner, ok, refused, route, Type } from 'kontor/sdk';
import {
  changeDefinition,
  defineMetafield,
  pageOfDefinitions,
  removeDefinition,
} from '../services/metafield-definitions.ts';
import { hasOwner } from '../services/metafields.ts';
import { byId } from './collection-schemas.ts';
import { definitionChange, idPage, metafieldValues, newDefinition, owner } from './metafield-schemas.ts';

const toRead = { surface: 'store', access: { permission: 'catalog.read' } } as const;
const toWrite = { surface: 'store', access: { permission: 'catalog.write' } } as const;
const refusals = { notFound: 404, nameTaken: 409 };

const listDefinitions = route({
  ...toRead,
  method: 'GET',
  path: '/metafield-definitions',
  summary: 'Fields that the store has invented, in the order they were made',
  query: Type.Object({ ...idPage, owner: Type.Optional(owner) }),
  handler: ({ query: { cursor, ...query } }, services) =>
    pageOfDefinitions(services, { limit: 50, after: Number(cursor ?? 0), ...query }),
});

const createDefinition = route({
  ...toWrite,
  method: 'POST',
  path: '/metafield-definitions',
  summary: 'Invents a field; its owner, name and type stay as they are',
  body: newDefinition,
  refusals,
  async handler({ body, reply }, services) {
    const made = await defineMetafield(services, { description: '', validations: {}, ...body });
    if (made.ok) reply.status(201);
    return made;
  },
});

const patchDefinition = route({
  ...toWrite,
  method: 'PATCH',
  path: '/metafield-definitions/:id',
  summary: 'Changes name, description or bounds of a field; values that are there stay',
  params: byId,
  body: definitionChange,
  refusals,
  handler: ({ params, body }, services) => changeDefinition(services, params.id, body),
});

const deleteDefinition = route({
  ...toWrite,
  method: 'DELETE',
  path: '/metafield-definitions/:id',
  summary: 'Removes a field with all its values',
  params: byId,
  refusals,
  handler: ({ params }, services) => removeDefinition(services, params.id),
});

/** Values of one kind of owner. */
const valuesOf = (kind: MetafieldOwner) => [
  route({
    ...toRead,
    method: 'GET',
    path: `/${kind}s/:id/metafields`,
    summary: `Values of the fields of a ${kind}`,
    params: byId,
    refusals,
    async handler({ params }, services) {
      if (!(await hasOwner(services, kind, params.id)))
        return refused('notFound', { [`${kind}Id`]: params.id });
      const values = await services.catalog.metafields(kind, [params.id]);
      return ok({ metafields: values.get(params.id) ?? [] });
    },
  }),
  route({
    ...toWrite,
    method: 'PUT',
    path: `/${kind}s/:id/metafields`,
    summary: `Sets values of fields of a ${kind}; null takes one away, what is not named stays`,
    params: byId,
    body: metafieldValues,
    bodyLimit: 4 * 1024 * 1024,
    refusals,
    async handler({ params, body }, services) {
      const values = body.metafields.map(({ value, ...name }) => ({ ...name, value: value as Json }));
      const set = await services.catalog.setMetafields(kind, params.id, values);
      return set.ok ? ok({ metafields: set.value }) : set;
    },
  }),
];

export const metafieldRoutes = [
  listDefinitions,
  createDefinition,
  patchDefinition,
  deleteDefinition,
  ...(['product', 'variant', 'collection'] as const).flatMap(valuesOf),
];
