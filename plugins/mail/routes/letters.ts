import { refused, route, Type } from 'kontor/sdk';
import { findLetter, listLetters } from '../actions/list-letters.ts';
import { sendAgain } from '../actions/send-again.ts';
import { shown } from '../models/letter.ts';

const toRead = { surface: 'store', access: { permission: 'mail.read' } } as const;
const one = Type.Object({ id: Type.Integer({ minimum: 1 }) });

export const listMails = route({
  ...toRead,
  method: 'GET',
  path: '/mail/letters',
  summary: 'Mails of the store, with what became of them',
  query: Type.Object({
    to: Type.Optional(Type.String({ maxLength: 254 })),
    template: Type.Optional(Type.String({ maxLength: 80 })),
    state: Type.Optional(
      Type.Union([
        Type.Literal('waiting'),
        Type.Literal('sent'),
        Type.Literal('failed'),
        Type.Literal('unknown'),
      ]),
    ),
    sort: Type.Optional(Type.Union([Type.Literal('newest'), Type.Literal('oldest')])),
    cursor: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  }),
  async handler({ query: { cursor, limit = 50, ...filter } }, services) {
    const after = cursor === undefined ? {} : { after: Number(cursor) };
    const found = await listLetters({ ...filter, ...after, limit: limit + 1 }, services);
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? String(items.at(-1)!.id) : null };
  },
});

export const readMail = route({
  ...toRead,
  method: 'GET',
  path: '/mail/letters/:id',
  summary: 'One mail, as it was written',
  params: one,
  refusals: { notFound: 404 },
  async handler({ params }, services) {
    const letter = await findLetter(params.id, services);
    if (!letter) return refused('notFound');
    const { html, text, transport, toName, messageId, tries } = letter;
    return { ...shown(letter), toName, html, text, transport, messageId, tries };
  },
});

export const sendMailAgain = route({
  method: 'POST',
  path: '/mail/letters/:id/send-again',
  surface: 'store',
  access: { permission: 'mail.manage' },
  summary: 'Sends a mail that failed, or that may not have gone out',
  params: one,
  refusals: { notFound: 404, alreadySent: 409, stillWaiting: 409 },
  handler: ({ params }, services) => sendAgain(params.id, services),
});
