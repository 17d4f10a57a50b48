import { refused, route, Type } from 'kontor/sdk';
import { contentOf, readDocument } from '../model/document-files.ts';
import { editorSchemas } from '../model/editor-schemas.ts';
import { anyEdit } from './edit-schemas.ts';
import { number, oneFile, oneTheme, refusals, toRead, toWrite } from './shared.ts';

const readOne = route({
  ...toRead,
  method: 'GET',
  path: '/themes/:id/documents/*',
  summary: 'A template, a section group or the settings as data; of the newest version unless one is named',
  params: oneFile,
  query: Type.Object({ number: Type.Optional(number) }),
  refusals,
  async handler({ params, query }, { themes }) {
    const path = params['*'];
    const tree = await themes.open(params.id, query.number);
    const text = tree?.text(path);
    const document = text === undefined ? undefined : readDocument(path, text);
    if (!tree || !document) return refused('notFound');
    return { path, number: tree.number, kind: document.kind, document: contentOf(document) };
  },
});

const edit = route({
  ...toWrite,
  method: 'PATCH',
  path: '/themes/:id/documents/*',
  summary: 'Edits a template, a section group or the settings: all edits or none, as one new version',
  params: oneFile,
  body: Type.Object({ from: number, edits: Type.Array(anyEdit, { minItems: 1, maxItems: 100 }) }),
  refusals,
  handler: ({ params, body: { from, edits } }, { themes }) =>
    themes.edit({
      id: params.id,
      path: params['*'],
      from,
      edits: edits as unknown as readonly { do: string }[],
    }),
});

const schemas = route({
  ...toRead,
  method: 'GET',
  path: '/themes/:id/schemas',
  summary: 'What an editor draws: sections, blocks and settings with their words in a language',
  params: oneTheme,
  query: Type.Object({
    number: Type.Optional(number),
    locale: Type.Optional(Type.String({ maxLength: 20 })),
  }),
  refusals,
  async handler({ params, query, locale }, { themes }) {
    const tree = await themes.open(params.id, query.number);
    if (!tree) return refused('notFound');
    return { number: tree.number, ...editorSchemas(tree, query.locale ?? locale) };
  },
});

export const documentRoutes = [readOne, edit, schemas];
