import { Readable } from 'node:stream';
import { refused, route, Type } from 'kontor/sdk';
import { listVersions } from '../library/manage.ts';
import { restoreVersion } from '../library/write-change.ts';
import { THEME_LIMITS } from '../zip/limits.ts';
import { writeZip } from '../zip/write-zip.ts';
import { number, oneTheme, refusals, toPublish, toRead, toWrite, id } from './shared.ts';

const HOUR = 3_600_000; // ms

const history = route({
  ...toRead,
  method: 'GET',
  path: '/themes/:id/versions',
  summary: 'What was changed in a theme, when and by whom, the newest first',
  params: oneTheme,
  query: Type.Object({
    cursor: Type.Optional(Type.String({ pattern: '^\\d{1,9}$' })),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  }),
  refusals,
  async handler({ params, query: { cursor, limit } }, services) {
    const theme = await services.themes.find(params.id);
    if (!theme) return refused('notFound');
    return listVersions({ theme, limit, ...(cursor && { before: Number(cursor) }) }, services);
  },
});

const restore = route({
  ...toWrite,
  method: 'POST',
  path: '/themes/:id/versions/:number/restore',
  summary: 'Makes a new version of the files of an older one',
  params: Type.Object({ id, number }),
  refusals,
  handler: ({ params }, services) => restoreVersion(params, services),
});

const push = route({
  ...toWrite,
  method: 'PUT',
  path: '/themes/:id/content',
  summary: 'Makes a new version of a ZIP archive: in place of all files, or of those of the same names',
  params: oneTheme,
  query: Type.Object({
    mode: Type.Union([Type.Literal('replace'), Type.Literal('merge')], { default: 'replace' }),
    from: Type.Optional(number),
  }),
  rateLimit: { max: 3000, window: HOUR, per: 'store' }, // somebody who works on a theme saves a file every second
  bodyStream: true,
  bodyLimit: THEME_LIMITS.archive,
  refusals,
  handler: ({ params, query, stream }, { themes }) => themes.push({ ...params, ...query, content: stream }),
});

const publish = route({
  ...toPublish,
  method: 'POST',
  path: '/themes/:id/publish',
  summary: 'Lets visitors see a theme, from the next request on; the newest version unless one is named',
  params: oneTheme,
  body: Type.Object({ number: Type.Optional(number) }),
  refusals,
  handler: ({ params, body }, { themes }) => themes.publish({ ...params, ...body }),
});

const rollback = route({
  ...toPublish,
  method: 'POST',
  path: '/themes/rollback',
  summary: 'Lets visitors see what they saw before',
  refusals,
  handler: (_, { themes }) => themes.rollback(),
});

const download = route({
  ...toRead,
  method: 'GET',
  path: '/themes/:id/download',
  summary: 'A theme as a ZIP archive; the newest version unless one is named',
  params: oneTheme,
  query: Type.Object({ number: Type.Optional(number) }),
  refusals,
  async handler({ params, query, reply }, { themes }) {
    const tree = await themes.open(params.id, query.number);
    if (!tree) return refused('notFound');
    reply.type('application/zip');
    const bare = tree.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    reply.header('content-disposition', `attachment; filename="theme-${bare}-${tree.number}.zip"`);
    return Readable.from(writeZip(filesOf()));

    async function* filesOf(): AsyncGenerator<readonly [string, string | Buffer]> {
      for (const path of tree!.paths) yield [path, (await tree!.content(path)) ?? ''];
    }
  },
});

const previewLink = route({
  ...toRead,
  method: 'POST',
  path: '/themes/:id/preview-link',
  summary:
    'A link that shows a version to whoever has it; the newest one, also when that changes, unless one is named',
  params: oneTheme,
  body: Type.Object({
    number: Type.Optional(number),
    hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 24 * 30 })),
  }),
  refusals,
  handler: ({ params, body }, { themes }) => themes.previewLink({ ...params, ...body }),
});

export const versionRoutes = [history, restore, push, publish, rollback, download, previewLink];
