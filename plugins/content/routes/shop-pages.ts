import { type ContentPage, ok, refused, route, Type } from 'kontor/sdk';
import { forVisitors, handle, refusals, text } from './schemas.ts';

const byHandle = Type.Object({ handle });
const MINUTE = 60_000; // ms

const shopPage = route({
  ...forVisitors,
  method: 'GET',
  path: '/pages/:handle',
  summary: 'A page; where `handle` is another than asked for, it has moved there',
  params: byHandle,
  refusals,
  async handler({ params, locale }, { content }) {
    const page = await content.page(params.handle, { locale });
    return page ? ok(forVisitor(page)) : refused('notFound');
  },
});

const shopMenu = route({
  ...forVisitors,
  method: 'GET',
  path: '/menus/:handle',
  summary: 'A menu, with the addresses of what it points at',
  params: byHandle,
  refusals,
  async handler({ params, locale }, { content }) {
    const menu = await content.menu(params.handle, { locale });
    return menu ? ok(menu) : refused('notFound');
  },
});

const shopPolicies = route({
  ...forVisitors,
  method: 'GET',
  path: '/policies',
  summary: 'Returns, privacy, terms, shipping and legal notice',
  async handler({ locale }, { content }) {
    return { items: await content.policies({ locale }), next: null };
  },
});

const shopPolicy = route({
  ...forVisitors,
  method: 'GET',
  path: '/policies/:handle',
  summary: 'One of them, e.g. `refund-policy`',
  params: byHandle,
  refusals,
  async handler({ params, locale }, { content }) {
    const policy = await content.policy(params.handle, { locale });
    return policy ? ok(policy) : refused('notFound');
  },
});

const contact = route({
  ...forVisitors,
  method: 'POST',
  path: '/contact',
  summary: 'Writes to the store; `website` is a field that people do not see and leave empty',
  body: Type.Object({
    name: Type.Optional(text(100)),
    email: text(254),
    phone: Type.Optional(text(40)),
    text: text(10_000),
    fields: Type.Optional(Type.Record(text(60), text(1000), { maxProperties: 20 })),
    website: Type.Optional(text(1000)),
  }),
  rateLimit: { max: 20, window: MINUTE, per: 'ip' },
  csrf: 'origin',
  refusals,
  async handler({ body, ip, locale, reply }, { content }) {
    const { website: trap, ...message } = body;
    const sent = await content.sendMessage({ ...message, ip, locale, ...(trap ? { trap } : {}) });
    if (!sent.ok) return sent;
    reply.status(202);
    return { state: 'received' };
  },
});

/** Less what only the team has to know. */
function forVisitor({
  id,
  handle: address,
  handles,
  title,
  body,
  seo,
  author,
  template,
  changedAt,
}: ContentPage) {
  return { id, handle: address, handles, title, body, seo, author, template, changedAt };
}

export const shopPageRoutes = [shopPage, shopMenu, shopPolicies, shopPolicy, contact];
