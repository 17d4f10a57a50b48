import { type MediaContent, refused, route, type RouteRequest, Type } from 'kontor/sdk';
import { chooseFormat } from '../services/choose-format.ts';
import { readRange } from '../services/read-range.ts';
import { oneFile, refusals, toRead } from './schemas.ts';

const YEAR = 31_536_000; // s
const query = Type.Object(
  {
    width: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
    format: Type.Optional(
      Type.Union([
        Type.Literal('auto'),
        Type.Literal('webp'),
        Type.Literal('avif'),
        Type.Literal('jpeg'),
        Type.Literal('png'),
      ]),
    ),
  },
  // Themes add a version, and mail programs marks of their own.
  { additionalProperties: true },
);
type Asked = Pick<RouteRequest, 'headers' | 'reply'>;

export const showMedia = route({
  method: 'GET',
  path: '/media/:key/:name',
  surface: 'storefront',
  access: 'anyone',
  summary: 'A file of the store; a picture in the width and format that is asked for',
  params: Type.Object({
    key: Type.String({ pattern: '^[\\w-]{22}$' }),
    name: Type.String({ maxLength: 200 }),
  }),
  query,
  refusals,
  async handler({ headers, params: { key }, query, reply }, { media }) {
    const format = chooseFormat(query, headers.accept);
    const content = await media.open({ file: { key }, ...size(query), format });
    if (!content) return refused('notFound');
    if (isChosenByAccept(query)) reply.header('vary', 'accept');
    reply.header('cache-control', `public, max-age=${YEAR}, immutable`);
    return show(content, { headers, reply });
  },
});

export const showMediaToTeam = route({
  ...toRead,
  method: 'GET',
  path: '/media/:id/content',
  summary: 'A file of the store, for its team',
  params: oneFile,
  query,
  refusals,
  async handler({ headers, params: { id }, query, reply }, { media }) {
    const format = chooseFormat(query, headers.accept);
    const content = await media.open({ file: { id }, ...size(query), format });
    if (!content) return refused('notFound');
    if (isChosenByAccept(query)) reply.header('vary', 'accept');
    reply.header('cache-control', 'private, max-age=3600');
    return show(content, { headers, reply });
  },
});

/** Answers with all of it, the part that was asked for, or that nothing has changed. */
async function show(content: MediaContent, { headers, reply }: Asked) {
  const { etag, bytes } = content;
  reply.header('etag', etag);
  if (isKnown(etag, headers['if-none-match'])) {
    reply.status(304);
    return undefined;
  }
  const range = bytes === null ? undefined : readRange(headers, { bytes, etag });
  if (range === 'outside') {
    reply.status(416).header('content-range', `bytes */${bytes}`).header('cache-control', 'no-store');
    return undefined;
  }
  const loaded = await content.load(range);
  for (const [name, value] of Object.entries(safety(loaded.contentType))) reply.header(name, value);
  if (loaded.isStandIn) reply.header('cache-control', 'no-store');
  if (bytes !== null) reply.header('accept-ranges', 'bytes');
  if (range) reply.status(206).header('content-range', `bytes ${range.start}-${range.end}/${bytes}`);
  reply.type(loaded.contentType).header('content-length', String(loaded.bytes));
  return loaded.body;
}

/** A drawing or a document opened by itself is a page of the store's own origin, so it may do nothing there. */
function safety(contentType: string): Record<string, string> {
  const policy =
    contentType === 'application/pdf'
      ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
      : "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; sandbox";
  return { 'content-security-policy': policy, 'cross-origin-resource-policy': 'cross-origin' };
}

const size = ({ width }: { width?: number | undefined }) => (width === undefined ? {} : { width });

const isChosenByAccept = ({ width, format }: { width?: number; format?: string }): boolean =>
  format === 'auto' || (format === undefined && width !== undefined);

function isKnown(etag: string, asked: string | string[] | undefined): boolean {
  return String(asked ?? '')
    .split(',')
    .some((one) => one.trim().replace(/^W\//, '') === etag || one.trim() === '*');
}
