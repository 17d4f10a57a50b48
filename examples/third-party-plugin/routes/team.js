import { defineRoutes, route, Type } from 'kontor/sdk';
import { Before, Entries, Entry, EntryId } from './entry.js';

const read = { permission: 'guestbook.read' };
const moderate = { permission: 'guestbook.moderate' };

/** What the team of a store may do. */
export const teamRoutes = defineRoutes([
  route({
    method: 'GET',
    path: '/guestbook',
    surface: 'store',
    access: read,
    summary: 'Lines of the guest book, newest first',
    query: Before,
    response: { 200: Entries },
    handler: async ({ query }, { guestbook, i18n }) => ({
      title: i18n.text('guestbook.title'),
      entries: await guestbook.entries(query),
    }),
  }),
  route({
    method: 'GET',
    path: '/guestbook/:id',
    surface: 'store',
    access: read,
    summary: 'One line of the guest book',
    params: EntryId,
    response: { 200: Entry },
    handler: ({ params }, { guestbook }) => guestbook.find(params.id),
  }),
  route({
    method: 'PUT',
    path: '/guestbook/:id/answer',
    surface: 'store',
    access: moderate,
    feature: 'guestbook.answers',
    summary: 'Answer a guest',
    params: EntryId,
    body: Type.Object({ text: Type.String({ minLength: 1, maxLength: 2000 }) }),
    response: { 200: Entry },
    refusals: { notFound: 404, overLimit: 403 },
    handler: ({ params, body }, { guestbook }) => guestbook.answer(params.id, body.text),
  }),
  route({
    method: 'DELETE',
    path: '/guestbook/:id',
    surface: 'store',
    access: moderate,
    summary: 'Take a line out of the guest book',
    params: EntryId,
    refusals: { notFound: 404 },
    handler: ({ params }, { guestbook }) => guestbook.remove(params.id),
  }),
  route({
    method: 'POST',
    path: '/guestbook/drop-old-entries',
    surface: 'store',
    access: moderate,
    summary: 'Remove entries older than the store keeps, now',
    handler: async (_request, { jobs }) => ({ job: await jobs.send('guestbook.drop-old-entries', {}) }),
  }),
]);
