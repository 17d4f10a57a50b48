import { ok, refused, route, type RouteReply, Type } from 'kontor/sdk';
import { type Charge, createLedger } from '../services/ledger.ts';
import { page } from '../services/page.ts';

const onPage = { surface: 'storefront', access: 'anyone' } as const;
const params = Type.Object({ reference: Type.String({ pattern: '^[A-Za-z0-9_-]{1,40}$' }) });

export const showTestPage = route({
  ...onPage,
  method: 'GET',
  path: '/test-payment/:reference',
  summary: 'Page of the test gateway on which a buyer approves or declines',
  params,
  refusals: { notFound: 404 },
  async handler({ params, reply, store, locale }, services) {
    const charge = await createLedger(services).find(params.reference);
    if (charge?.provider !== 'test') return refused('notFound');
    if (charge.state !== 'needs_action') return back(reply, charge);
    reply.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    );
    reply.header('cache-control', 'no-store').type('text/html; charset=utf-8');
    return page({ charge, store, locale, i18n: services.i18n });
  },
});

export const answerTestPage = route({
  ...onPage,
  method: 'POST',
  path: '/test-payment/:reference',
  summary: 'The buyer approves or declines, and goes back to the store',
  csrf: 'origin',
  params,
  body: Type.Object({ answer: Type.Union([Type.Literal('approve'), Type.Literal('decline')]) }),
  refusals: { notFound: 404 },
  async handler({ params, body, reply }, services) {
    const { database, jobs } = services;
    const ledger = createLedger(services);
    const found = await ledger.find(params.reference);
    if (found?.provider !== 'test') return refused('notFound');
    const charge = await database.transaction(async () => {
      const { provider, reference: providerReference } = found;
      await jobs.send('payments-manual.tell', { provider, providerReference });
      return ledger.answer(params.reference, body.answer === 'approve');
    });
    return back(reply, charge);
  },
});

function back(reply: RouteReply, { returnUrl }: Charge) {
  reply.redirect(returnUrl, 303);
  return ok();
}
