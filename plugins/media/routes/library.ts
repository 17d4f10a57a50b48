import { refused, route, Type } from 'kontor/sdk';
import { changeFile } from '../actions/change-file.ts';
import { listFiles } from '../actions/list-files.ts';
import { usagesOf } from '../actions/remove-file.ts';
import { alt, folder, name, oneFile, refusals, toRead, toWrite } from './schemas.ts';

const share = Type.Number({ minimum: 0, maximum: 1 });

export const listMedia = route({
  ...toRead,
  method: 'GET',
  path: '/media',
  summary: 'Files of the store',
  query: Type.Object({
    folder: Type.Optional(folder),
    kind: Type.Optional(Type.Union([Type.Literal('image'), Type.Literal('video'), Type.Literal('document')])),
    q: Type.Optional(Type.String({ maxLength: 100 })),
    sort: Type.Optional(Type.Union([Type.Literal('newest'), Type.Literal('oldest'), Type.Literal('name')])),
    cursor: Type.Optional(Type.String({ maxLength: 500 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  handler: ({ query }, services) => listFiles(query, services),
});

export const readMedia = route({
  ...toRead,
  method: 'GET',
  path: '/media/:id',
  summary: 'One file, and where it is shown',
  params: oneFile,
  refusals,
  async handler({ params }, services) {
    const file = await services.media.find(params.id);
    if (!file) return refused('notFound');
    return { ...file, usages: await usagesOf(params.id, services) };
  },
});

export const changeMedia = route({
  ...toWrite,
  method: 'PATCH',
  path: '/media/:id',
  summary: 'Name, folder, alternative texts and focal point of a file',
  params: oneFile,
  body: Type.Object({
    version: Type.Integer({ minimum: 1 }),
    name: Type.Optional(name),
    folder: Type.Optional(folder),
    alt: Type.Optional(alt),
    focalPoint: Type.Optional(Type.Object({ x: share, y: share }, { additionalProperties: false })),
  }),
  refusals,
  handler: ({ params, body: { version, ...change } }, services) =>
    changeFile({ id: params.id, version, change }, services),
});

export const removeMedia = route({
  ...toWrite,
  method: 'DELETE',
  path: '/media/:id',
  summary: 'Removes a file that is shown nowhere',
  params: oneFile,
  refusals,
  handler: ({ params }, { media }) => media.remove(params.id),
});
