import { refused, route, Type, type Actor, type Cradle } from 'kontor/sdk';
import { emlInOutbox, findInOutbox, listOutbox } from '../services/outbox.ts';
import { listPage, mailPage, type Text } from './outbox-pages.ts';

const SHOWN = 100; // mails on the page
const atPlatform = { method: 'GET', surface: 'platform', access: 'anyone' } as const;
const one = Type.Object({ name: Type.String({ maxLength: 60 }) });
const refusals = { adminsOnly: 403, notFound: 404 };
// The page shows a mail of a stranger in a frame that can do nothing.
const PAGE = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'";
const MAIL =
  "sandbox; default-src 'none'; img-src data: https:; style-src 'unsafe-inline'; frame-ancestors 'self'";

type Asked = { readonly actor: Actor; readonly ip: string };

export const showOutbox = route({
  ...atPlatform,
  path: '/outbox',
  summary: 'Mails that went nowhere, as no mail server is set',
  refusals,
  async handler({ actor, ip, locale, reply }, services) {
    if (!mayLook({ actor, ip }, services)) return refused('adminsOnly');
    reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE);
    reply.header('cache-control', 'no-store');
    const mails = await listOutbox(SHOWN, services);
    return listPage(mails, { locale, text: textIn(locale, services) });
  },
});

export const showOutboxMail = route({
  ...atPlatform,
  path: '/outbox/:name',
  summary: 'One mail of the outbox',
  params: one,
  refusals,
  async handler({ actor, ip, locale, params, reply }, services) {
    if (!mayLook({ actor, ip }, services)) return refused('adminsOnly');
    const mail = await findInOutbox(params.name, services);
    if (!mail) return refused('notFound');
    reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE);
    reply.header('cache-control', 'no-store');
    return mailPage(mail, { locale, text: textIn(locale, services) });
  },
});

export const showOutboxHtml = route({
  ...atPlatform,
  path: '/outbox/:name/html',
  summary: 'The HTML of one mail, which can do nothing',
  params: one,
  refusals,
  async handler({ actor, ip, params, reply }, services) {
    if (!mayLook({ actor, ip }, services)) return refused('adminsOnly');
    const mail = await findInOutbox(params.name, services);
    if (!mail) return refused('notFound');
    reply.type('text/html; charset=utf-8').header('content-security-policy', MAIL);
    reply.header('cache-control', 'no-store');
    return mail.html;
  },
});

export const downloadOutboxMail = route({
  ...atPlatform,
  path: '/outbox/:name/eml',
  summary: 'One mail as a file for mail programs',
  params: one,
  refusals,
  async handler({ actor, ip, params, reply }, services) {
    if (!mayLook({ actor, ip }, services)) return refused('adminsOnly');
    const bytes = await emlInOutbox(params.name, services);
    if (!bytes) return refused('notFound');
    reply.type('message/rfc822').header('content-disposition', `attachment; filename="${params.name}.eml"`);
    reply.header('cache-control', 'no-store');
    return bytes;
  },
});

/** Mails hold links that open accounts: while developing, whoever sits at this machine may look; else admins only. */
function mayLook({ actor, ip }: Asked, { platform }: Cradle): boolean {
  if (actor.kind === 'user' && actor.isAdmin) return true;
  return platform.mode === 'development' && /^(127\.|::1$|::ffff:127\.)/.test(ip);
}

const textIn =
  (locale: string, { i18n }: Cradle): Text =>
  (key, values) =>
    i18n.text(key, values, locale);
