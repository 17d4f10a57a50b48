import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ENDPOINTS, endpointOf } from './endpoints.ts';
import { serverError, StripeFault } from './errors.ts';
import { createFaults, type Fault } from './faults.ts';
import { readForm } from './form.ts';
import { createIdempotency, type Kept } from './idempotency.ts';
import { createLedger, moneyOf, type Refund } from './ledger.ts';
import { answerStep, stepPage } from './pages.ts';
import { intentOf, type World } from './payment-intents.ts';
import { settleRefund } from './refunds.ts';
import { STRIPE_JS } from './stripe-js.ts';
import { createWebhooks, signed } from './webhooks.ts';

export { signed };
export type FakeStripe = Awaited<ReturnType<typeof startFakeStripe>>;

/**
 * A Stripe of our own on loopback: a ledger in which money moves once, idempotency, 3-D Secure pages, signed events, and
 * faults by script. It speaks the protocol, so that the official client is tested and not replaced.
 *
 * @param secretKey - the one key it takes; `sk_live_...` makes everything live
 * @param now - its clock, ms; the machine's when left out
 * @example
 * const stripe = await startFakeStripe(t);
 * stripe.fail('POST /v1/payment_intents', { kind: 'error', when: 'after' });
 */
export async function startFakeStripe(
  t: { teardown(work: () => Promise<void>): void },
  { secretKey = 'sk_test_fake', now = Date.now }: { secretKey?: string; now?: () => number } = {},
) {
  const isLive = secretKey.startsWith('sk_live_');
  const ledger = createLedger();
  const idempotency = createIdempotency();
  const faults = createFaults();
  const webhooks = createWebhooks({ now, isLive });
  const requests: { endpoint: string; key: string | undefined; status: number }[] = [];
  let refundStatus: Refund['status'] = 'succeeded';
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => response.destroy(error));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const world: World = { ledger, isLive, now, origin: () => origin, emit: webhooks.note };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url!, origin);
    const body = await textOf(request);
    if (pathname.startsWith('/v1/')) return answerApi(request, response, { pathname, search, body });
    if (pathname === '/stripe.js') return page(response, 200, 'text/javascript', STRIPE_JS);
    const intent = ledger.intents.get(pathname.replace('/3d_secure/', ''));
    if (!intent) return page(response, 404, 'text/plain', 'Not found');
    if (request.method === 'GET') return page(response, 200, 'text/html', stepPage(intent));
    const isApproved = new URLSearchParams(body).get('answer') === 'approve';
    response.writeHead(303, { location: answerStep(world, intent, isApproved) }).end();
  }

  async function answerApi(
    request: IncomingMessage,
    response: ServerResponse,
    { pathname, search, body }: { pathname: string; search: string; body: string },
  ): Promise<void> {
    // The page's own script asks with the client's secret, from another origin, as stripe.js does.
    response.setHeader('access-control-allow-origin', '*');
    const found = endpointOf(request.method!, pathname);
    const fault = found && faults.take(found.endpoint);
    const key = request.headers['idempotency-key'] as string | undefined;
    const params = readForm(request.method === 'GET' ? search.slice(1) : body);
    const sent = await perform({ request, found, fault, key, params, text: `${pathname} ${body}` });
    requests.push({ endpoint: found?.endpoint ?? pathname, key, status: sent.status });
    await send(response, sent, fault);
  }

  async function perform(input: {
    request: IncomingMessage;
    found: ReturnType<typeof endpointOf>;
    fault: Fault | undefined;
    key: string | undefined;
    params: Record<string, unknown>;
    text: string;
  }): Promise<Kept & { headers?: Record<string, string> }> {
    const { request, found, fault, key, params, text } = input;
    let isBegun = false;
    try {
      if (!found)
        throw new StripeFault(404, { type: 'invalid_request_error', message: 'Unrecognized request URL' });
      if (!isKnown(request, params))
        throw new StripeFault(
          401,
          { type: 'invalid_request_error', message: 'Invalid API Key provided' },
          false,
        );
      if (fault?.kind === 'rateLimit')
        return {
          ...told(
            new StripeFault(429, {
              type: 'invalid_request_error',
              code: 'rate_limit',
              message: 'Too many requests',
            }),
          ),
          headers: { 'retry-after': String(fault.retryAfter) },
        };
      const before = key ? idempotency.begin(key, text) : undefined;
      if (before) return { ...before, headers: { 'idempotent-replayed': 'true' } };
      isBegun = key !== undefined;
      if (fault && 'when' in fault && fault.when === 'before') {
        if (fault.kind === 'error') throw serverError();
        // It never arrived.
        if (isBegun) idempotency.end(key!, undefined);
        return { status: 0, body: '' };
      }
      const done = ENDPOINTS[found.endpoint]!({ world, id: found.id, params, refundStatus });
      if (fault?.kind === 'error') throw serverError();
      const kept = { status: 200, body: JSON.stringify(done) };
      if (isBegun) idempotency.end(key!, kept);
      return fault?.kind === 'lie'
        ? { ...kept, body: JSON.stringify(fault.alter(JSON.parse(kept.body) as Record<string, unknown>)) }
        : kept;
    } catch (error) {
      if (!(error instanceof StripeFault)) throw error;
      const kept = told(error);
      if (isBegun) idempotency.end(key!, error.isKept ? kept : undefined);
      return kept;
    }
  }

  /** By the secret key, or for one intent by its client secret, as a browser does. */
  function isKnown(request: IncomingMessage, params: Record<string, unknown>): boolean {
    const { authorization = '' } = request.headers;
    if (authorization === `Bearer ${secretKey}`) return true;
    const id = request.url!.split('/')[3]?.split('?')[0] ?? '';
    return (
      params.client_secret !== undefined && ledger.intents.get(id)?.client_secret === params.client_secret
    );
  }

  t.teardown(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  return {
    origin,
    secretKey,
    /** Settings of the platform that lead the client here. */
    settings: { host: '127.0.0.1', port, protocol: 'http', scriptUrl: `${origin}/stripe.js` } as const,
    webhooks,
    requests: requests as readonly { endpoint: string; key: string | undefined; status: number }[],
    /** Scripts a fault of an endpoint, e.g. `POST /v1/payment_intents/:id/capture`. */
    fail: faults.script,
    /** Takes back every fault that did not happen yet. */
    heal: faults.clear,
    money: (reference?: string) => moneyOf(ledger, reference),
    intents: () => [...ledger.intents.values()],
    refunds: () => [...ledger.refunds.values()],
    /** Refunds to come are pending, until `settleRefund`. */
    makeRefunds(status: Refund['status']): void {
      refundStatus = status;
    },
    settleRefund: (id: string, status: 'succeeded' | 'failed') => settleRefund(world, id, status),
    /** What the buyer does on the 3-D Secure page. @returns where the browser goes then */
    step: (url: string, isApproved: boolean) =>
      answerStep(world, intentOf(world, url.split('/').at(-1)!), isApproved),
  };
}

function told({ status, error }: StripeFault): Kept {
  return { status, body: JSON.stringify({ error }) };
}

async function send(
  response: ServerResponse,
  { status, body, headers = {} }: Kept & { headers?: Record<string, string> },
  fault: Fault | undefined,
): Promise<void> {
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'cut') {
    const whole = body || '{"object":"payment_intent"}';
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(whole.length) });
    // A reset before the first bytes are through would be another fault.
    await new Promise<void>((written) => response.write(whole.slice(0, whole.length / 2), () => written()));
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

function page(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
