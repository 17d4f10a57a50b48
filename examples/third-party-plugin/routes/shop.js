import { defineRoutes, route, Type } from 'kontor/sdk';
import { Before, Entries, Entry } from './entry.js';

const MINUTE = 60_000; // ms

/** What visitors of the shop may do. */
export const shopRoutes = defineRoutes([
  route({
    method: 'GET',
    path: '/guestbook',
    surface: 'shop',
    access: 'anyone',
    summary: 'Lines of the guest book, newest first',
    query: Before,
    response: { 200: Entries },
    handler: async ({ query }, { guestbook, i18n }) => ({
      title: i18n.text('guestbook.title'),
      entries: await guestbook.entries(query),
    }),
  }),
  route({
    method: 'POST',
    path: '/guestbook',
    surface: 'shop',
    access: 'anyone',
    csrf: 'origin',
    summary: 'Write a line into the guest book',
    rateLimit: { max: 30, window: MINUTE },
    body: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 100 }),
      text: Type.String({ minLength: 1, maxLength: 2000 }),
    }),
    response: { 201: Entry },
    refusals: { bookClosed: 409, limitReached: 403 },
    transaction: true,
    async handler({ body, reply }, { guestbook }) {
      const signed = await guestbook.sign(body);
      if (signed.ok) reply.status(201);
      return signed;
    },
  }),
]);
