import { route, Type } from 'kontor/sdk';
import { readForm } from '../services/read-form.ts';
import { alt, folder, name, refusals, toWrite } from './schemas.ts';

const LARGEST = 512 * 1024 * 1024; // bytes; each kind of file has a limit of its own below this
const HOUR = 3_600_000; // ms

export const uploadMedia = route({
  ...toWrite,
  method: 'POST',
  path: '/media',
  summary: 'Takes files in: one as the body itself with its name in the query, or several as a form',
  bodyStream: true,
  bodyLimit: LARGEST,
  query: Type.Object({ name: Type.Optional(name), folder: Type.Optional(folder) }),
  refusals,
  async handler({ headers, query, stream, reply }, { media }) {
    const isForm = String(headers['content-type']).startsWith('multipart/form-data');
    const { name = 'file', ...rest } = query;
    if (!isForm) {
      const added = await media.add({ ...rest, name, content: stream });
      if (added.ok) reply.status(201);
      // Who sends reads the answer behind the last byte only, so that what is not wanted is read past.
      else stream.on('error', () => undefined).resume();
      return added;
    }
    const taken = await readForm({ headers, stream, folder: query.folder }, (file) => media.add(file));
    if (taken.ok && taken.value.items.length > 0) reply.status(201);
    return taken;
  },
});

export const addMediaFromUrl = route({
  ...toWrite,
  method: 'POST',
  path: '/media/from-url',
  summary: 'Fetches a file from an address and takes it in',
  rateLimit: { max: 600, window: HOUR, per: 'store' },
  body: Type.Object({
    url: Type.String({ minLength: 8, maxLength: 2000 }),
    folder: Type.Optional(folder),
    alt: Type.Optional(alt),
  }),
  refusals,
  async handler({ body, reply }, { media }) {
    const added = await media.addFromUrl(body);
    if (added.ok) reply.status(201);
    return added;
  },
});
