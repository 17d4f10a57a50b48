import { type Json, type MetaobjectField, route, Type } from 'kontor/sdk';
import {
  changeMetaobjectDefinition,
  defineMetaobject,
  pageOfMetaobjectDefinitions,
  removeMetaobjectDefinition,
} from '../services/metaobject-definitions.ts';
import {
  changeMetaobject,
  findMetaobject,
  makeMetaobject,
  pageOfMetaobjects,
  removeMetaobject,
} from '../services/metaobjects.ts';
import { byId } from './collection-schemas.ts';
import {
  idPage,
  key,
  metaobjectChange,
  metaobjectDefinitionChange,
  newMetaobject,
  newMetaobjectDefinition,
} from './metafield-schemas.ts';

const toRead = { surface: 'store', access: { permission: 'catalog.read' } } as const;
const toWrite = { surface: 'store', access: { permission: 'catalog.write' } } as const;
const refusals = { notFound: 404, nameTaken: 409, handleTaken: 409, changed: 409, inUse: 409 };

const listDefinitions = route({
  ...toRead,
  method: 'GET',
  path: '/metaobject-definitions',
  summary: 'Kinds of records that the store has invented',
  query: Type.Object(idPage),
  handler: ({ query: { cursor, limit = 50 } }, services) =>
    pageOfMetaobjectDefinitions(services, { limit, after: Number(cursor ?? 0) }),
});

const createDefinition = route({
  ...toWrite,
  method: 'POST',
  path: '/metaobject-definitions',
  summary: 'Invents a kind of record with its fields',
  body: newMetaobjectDefinition,
  refusals,
  async handler({ body, reply }, services) {
    const made = await defineMetaobject(services, { ...body, fields: body.fields.map(fieldOf) });
    if (made.ok) reply.status(201);
    return made;
  },
});

const patchDefinition = route({
  ...toWrite,
  method: 'PATCH',
  path: '/metaobject-definitions/:id',
  summary: 'Changes name and fields; one that stays keeps its type',
  params: byId,
  body: metaobjectDefinitionChange,
  refusals,
  handler: ({ params, body: { fields, ...body } }, services) =>
    changeMetaobjectDefinition(services, params.id, {
      ...body,
      ...(fields ? { fields: fields.map(fieldOf) } : {}),
    }),
});

const deleteDefinition = route({
  ...toWrite,
  method: 'DELETE',
  path: '/metaobject-definitions/:id',
  summary: 'Removes a kind that has no records',
  params: byId,
  refusals,
  handler: ({ params }, services) => removeMetaobjectDefinition(services, params.id),
});

const listMetaobjects = route({
  ...toRead,
  method: 'GET',
  path: '/metaobjects',
  summary: 'Records of one kind, in the order they were made',
  query: Type.Object({ ...idPage, type: key }),
  handler: ({ query: { cursor, limit = 50, type } }, services) =>
    pageOfMetaobjects(services, { type, limit, after: Number(cursor ?? 0) }),
});

const createMetaobject = route({
  ...toWrite,
  method: 'POST',
  path: '/metaobjects',
  summary: 'Makes a record of a kind',
  body: newMetaobject,
  refusals,
  async handler({ body, reply }, services) {
    const made = await makeMetaobject(services, { ...body, fields: body.fields as Record<string, Json> });
    if (made.ok) reply.status(201);
    return made;
  },
});

const readMetaobject = route({
  ...toRead,
  method: 'GET',
  path: '/metaobjects/:id',
  summary: 'One record',
  params: byId,
  refusals,
  handler: ({ params }, services) => findMetaobject(services, params.id),
});

const patchMetaobject = route({
  ...toWrite,
  method: 'PATCH',
  path: '/metaobjects/:id',
  summary: 'Changes a record; null takes a value away, what is not named stays',
  params: byId,
  body: metaobjectChange,
  refusals,
  handler: ({ params, body: { fields, ...body } }, services) =>
    changeMetaobject(services, params.id, {
      ...body,
      ...(fields ? { fields: fields as Record<string, Json> } : {}),
    }),
});

const deleteMetaobject = route({
  ...toWrite,
  method: 'DELETE',
  path: '/metaobjects/:id',
  summary: 'Removes a record; what pointed at it points at nothing',
  params: byId,
  refusals,
  handler: ({ params }, services) => removeMetaobject(services, params.id),
});

type Field = Pick<MetaobjectField, 'key' | 'name' | 'type'> & Partial<MetaobjectField>;

function fieldOf(field: Field): MetaobjectField {
  return { isRequired: false, validations: {}, ...field };
}

export const metaobjectRoutes = [
  listDefinitions,
  createDefinition,
  patchDefinition,
  deleteDefinition,
  listMetaobjects,
  createMetaobject,
  readMetaobject,
  patchMetaobject,
  deleteMetaobject,
];
