import { type Cradle, type Mailer, ok, refused } from 'kontor/sdk';
import { queueLetter } from '../actions/queue-letter.ts';
import { COLUMNS, type LetterRow, shown } from '../models/letter.ts';
import { findTemplate } from './find-template.ts';
import { renderLetter } from './render-letter.ts';

/** Mail of the current store. */
export function createMailer(services: Cradle): Mailer {
  const { database, points, stores } = services;
  return {
    send: (letter) => queueLetter(letter, services),

    async preview({ template: code, locale, data }) {
      const template = findTemplate(code, points);
      if (!template) return refused('unknownTemplate', { template: code });
      const rendered = await renderLetter({ template, locale, data: data ?? template.sample }, services);
      if (!rendered.ok) return rendered;
      const { subject, html, text } = rendered.value;
      return ok({ subject, html, text });
    },

    async list({ to, state, after, limit = 50 } = {}) {
      const rows = await database.query<LetterRow>(
        `select ${COLUMNS} from mail.letters
         where store_id = $1 and ($2::text is null or to_email = $2) and ($3::text is null or state = $3)
           and ($4::bigint is null or id < $4)
         order by id desc limit $5`,
        [stores.current().id, to ?? null, state ?? null, after ?? null, limit],
      );
      return rows.map(shown);
    },
  };
}
