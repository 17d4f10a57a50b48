import { type Cradle, type Mailer, ok, refused } from 'kontor/sdk';
import { listLetters } from '../actions/list-letters.ts';
import { queueLetter } from '../actions/queue-letter.ts';
import { findTemplate } from './find-template.ts';
import { renderLetter } from './render-letter.ts';

/** Mail of the current store. */
export function createMailer(services: Cradle): Mailer {
  const { points } = services;
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

    list: (options = {}) => listLetters(options, services),
  };
}
