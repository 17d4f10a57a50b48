import { refused, route, Type } from 'kontor/sdk';
import { listTemplates, readTemplate } from '../actions/list-templates.ts';
import { revertTexts, saveTexts } from '../actions/save-texts.ts';
import { testTemplate } from '../actions/test-template.ts';
import { findTemplate } from '../services/find-template.ts';
import { renderLetter } from '../services/render-letter.ts';

const toRead = { surface: 'store', access: { permission: 'mail.read' } } as const;
const toManage = { surface: 'store', access: { permission: 'mail.manage' } } as const;
const HOUR = 3_600_000; // ms

const code = Type.String({ minLength: 1, maxLength: 80 });
const locale = Type.String({ pattern: '^[a-z]{2}(-[A-Z]{2})?$' });
const oneTemplate = Type.Object({ code });
const oneLanguage = Type.Object({ code, locale });
const subject = Type.String({ minLength: 1, maxLength: 500 });
const html = Type.String({ minLength: 1, maxLength: 100_000 });
const text = Type.String({ minLength: 1, maxLength: 100_000 });
const refusals = { notFound: 404, unknownTemplate: 404, changed: 409 };

export const listMailTemplates = route({
  ...toRead,
  method: 'GET',
  path: '/mail/templates',
  summary: 'Mails that plugins send, and in which languages the store has words of its own',
  handler: async (_, services) => ({ items: await listTemplates(services), next: null }),
});

export const readMailTemplate = route({
  ...toRead,
  method: 'GET',
  path: '/mail/templates/:code',
  summary: 'Words of one mail by language, and made-up data',
  params: oneTemplate,
  refusals,
  handler: async ({ params }, services) =>
    (await readTemplate(params.code, services)) ?? refused('unknownTemplate', { template: params.code }),
});

export const saveMailTemplate = route({
  ...toManage,
  method: 'PUT',
  path: '/mail/templates/:code/:locale',
  summary: 'The store’s own words for one mail in one language',
  params: oneLanguage,
  body: Type.Object({ subject, html, text, version: Type.Integer({ minimum: 0 }) }),
  refusals,
  handler: ({ params, body: { version, ...draft } }, services) =>
    saveTexts({ template: params.code, locale: params.locale, draft, version }, services),
});

export const revertMailTemplate = route({
  ...toManage,
  method: 'DELETE',
  path: '/mail/templates/:code/:locale',
  summary: 'Back to the words that come along',
  params: oneLanguage,
  refusals,
  handler: ({ params }, services) => revertTexts({ template: params.code, locale: params.locale }, services),
});

export const previewMailTemplate = route({
  ...toRead,
  method: 'POST',
  path: '/mail/templates/:code/preview',
  summary: 'A mail as it would go out, with made-up data; of words that were not saved too',
  params: oneTemplate,
  body: Type.Object({
    locale: Type.Optional(locale),
    draft: Type.Optional(Type.Object({ subject, html, text }, { additionalProperties: false })),
  }),
  refusals,
  async handler({ params, body: { locale, draft } }, services) {
    const template = findTemplate(params.code, services.points);
    if (!template) return refused('unknownTemplate', { template: params.code });
    const input = { template, locale, data: template.sample, ...(draft ? { draft } : {}) };
    return renderLetter(input, services);
  },
});

export const testMailTemplate = route({
  ...toManage,
  method: 'POST',
  path: '/mail/templates/:code/test',
  summary: 'Sends a mail with made-up data to whoever asks for it',
  rateLimit: { max: 30, window: HOUR, per: 'store' },
  params: oneTemplate,
  body: Type.Object({ locale }),
  refusals,
  async handler({ params, body, reply }, services) {
    const sent = await testTemplate({ template: params.code, locale: body.locale }, services);
    if (sent.ok) reply.status(202);
    return sent;
  },
});
