import { buffer } from 'node:stream/consumers';
import { refused, route, Type } from 'kontor/sdk';
import { contentTypeOf, kindOf } from '../model/paths.ts';
import { THEME_LIMITS } from '../zip/limits.ts';
import { number, oneFile, oneTheme, refusals, toRead, toWrite } from './shared.ts';

const version = Type.Object({ number: Type.Optional(number) });
/** The version that a change was made from. */
const from = Type.Object({ from: number });

const list = route({
  ...toRead,
  method: 'GET',
  path: '/themes/:id/files',
  summary: 'Files of a theme; of the newest version unless one is named',
  params: oneTheme,
  query: version,
  refusals,
  async handler({ params, query }, { themes }) {
    const tree = await themes.open(params.id, query.number);
    if (!tree) return refused('notFound');
    const items = tree.paths.map((path) => ({
      path,
      kind: kindOf(path),
      contentType: contentTypeOf(path),
      hash: tree.hash(path),
    }));
    return { number: tree.number, items, next: null };
  },
});

const read = route({
  ...toRead,
  method: 'GET',
  path: '/themes/:id/files/*',
  summary: 'One file: `text` for texts, `base64` for others',
  params: oneFile,
  query: version,
  refusals,
  async handler({ params, query }, { themes }) {
    const path = params['*'];
    const tree = await themes.open(params.id, query.number);
    const content = await tree?.content(path);
    if (!tree || content === undefined) return refused('notFound');
    const isText = typeof content === 'string';
    return {
      ...{ path, number: tree.number, hash: tree.hash(path), contentType: contentTypeOf(path) },
      text: isText ? content : null,
      base64: isText ? null : content.toString('base64'),
    };
  },
});

const write = route({
  ...toWrite,
  method: 'PUT',
  path: '/themes/:id/files/*',
  summary: 'Writes one file, which is the body as it is, and makes a new version of it',
  params: oneFile,
  query: from,
  bodyStream: true,
  bodyLimit: THEME_LIMITS.asset,
  refusals,
  async handler({ params, query, stream }, { themes }) {
    const change = new Map([[params['*'], await buffer(stream)]]);
    return themes.change({ id: params.id, ...query, change });
  },
});

const remove = route({
  ...toWrite,
  method: 'DELETE',
  path: '/themes/:id/files/*',
  summary: 'Takes one file away, in a new version',
  params: oneFile,
  query: from,
  refusals,
  handler: ({ params, query }, { themes }) =>
    themes.change({ id: params.id, ...query, change: new Map([[params['*'], null]]) }),
});

export const fileRoutes = [list, read, write, remove];
