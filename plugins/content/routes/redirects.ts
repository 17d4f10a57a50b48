import { route, Type } from 'kontor/sdk';
import { importRedirects } from '../actions/import-redirects.ts';
import { removeRedirect } from '../actions/remove-redirect.ts';
import { listRedirects } from '../services/redirects-of-team.ts';
import { byId, page, refusals, text, toRead, toWrite } from './schemas.ts';

const list = route({
  ...toRead,
  method: 'GET',
  path: '/redirects',
  summary: 'Redirects by the path they lead from; `text` is part of either side',
  query: Type.Object({ ...page, text: Type.Optional(text(255)) }),
  handler: ({ query }, services) => listRedirects(services, query),
});

const save = route({
  ...toWrite,
  method: 'POST',
  path: '/redirects',
  summary: 'Makes or changes redirects, all or none; one that leads back to itself is refused',
  body: Type.Object({
    redirects: Type.Array(Type.Object({ from: text(2000), to: text(2000) }), { minItems: 1, maxItems: 1000 }),
  }),
  refusals: { ...refusals, tooMany: 422 },
  handler: ({ body }, { content }) => content.saveRedirects(body.redirects),
});

const takeIn = route({
  ...toWrite,
  method: 'POST',
  path: '/redirects/import',
  summary: 'The same from CSV: two columns, with or without a line that names them (`from`, `to`)',
  bodyLimit: 4 * 1024 * 1024,
  body: Type.Object({ csv: text(3_000_000) }),
  refusals: { ...refusals, tooMany: 422 },
  handler: ({ body }, services) => importRedirects(services, body.csv),
});

const remove = route({
  ...toWrite,
  method: 'DELETE',
  path: '/redirects/:id',
  summary: 'Removes a redirect',
  params: byId,
  refusals,
  handler: ({ params }, services) => removeRedirect(services, params.id),
});

export const redirectRoutes = [list, save, takeIn, remove];
