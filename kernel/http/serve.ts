import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Context, enterAs } from '../context.ts';
import type { EnterPlugin, KernelLog } from '../parts.ts';
import { type AdmitDeps, actorName, createAdmit, type Place, chain, type Visitor } from './admit.ts';
import { type Answer, answerOf, problemAnswer } from './answer.ts';
import { checkDepth } from './form.ts';
import { type createIdempotency, fingerprintOf, idempotencyKey, type Scope } from './idempotency.ts';
import { Incoming, type Input } from './incoming.ts';
import { chooseLocale } from './locale.ts';
import { countedAddress } from './rate-limit.ts';
import { problemOf } from './problem.ts';
import type { Send } from './send.ts';
import { isUnsafe, SURFACES } from './surfaces.ts';
import type { Validate } from './validate.ts';

export type ServeDeps = AdmitDeps & {
  log: KernelLog;
  enter: EnterPlugin;
  idempotency: ReturnType<typeof createIdempotency>;
  validate: Validate;
  send: Send;
};

/** What Fastify calls for one route. `admit` stands before the body is read, so that a stranger's body is not parsed. */
export type Serve = {
  admit: ((request: FastifyRequest, reply: FastifyReply, done: () => void) => void) | undefined;
  handle: (request: FastifyRequest, reply: FastifyReply) => void;
};

const KEYED = new Set(['store', 'admin', 'account', 'shop']);
const PLATFORM_LOCALES: readonly string[] = ['en', 'fr', 'de', 'lb'];

/** Puts a route's whole way into two functions, made once when it is mounted. */
export function createServe(deps: ServeDeps, place: Place): Serve {
  const { plugin, route, services, address } = place;
  const { hasStore } = SURFACES[route.surface];
  const admit = createAdmit(deps, place);
  const unsafe = isUnsafe(route);
  const isKeyed = unsafe && KEYED.has(route.surface);
  const { i18n } = services as Partial<typeof services>;
  const isTransaction = route.transaction === true;

  return {
    admit: unsafe
      ? (request, reply, done) =>
          attempt(request, reply, () =>
            chain(admit(request), (visitor) => {
              request.visitor = visitor;
              done();
            }),
          )
      : undefined,
    handle: (request, reply) =>
      attempt(request, reply, () =>
        chain(request.visitor ?? admit(request), (visitor) =>
          chain(answer(request, reply, visitor), (ready) => {
            for (const name in visitor.limits) reply.header(name, visitor.limits[name]);
            deps.send(reply, ready);
          }),
        ),
      ),
  };

  /** Runs a step, at once or later; what it throws becomes the answer. */
  function attempt(request: FastifyRequest, reply: FastifyReply, step: () => void | Promise<void>): void {
    try {
      const later = step();
      if (later instanceof Promise) later.catch((error) => fail(error, request, reply));
    } catch (error) {
      fail(error, request, reply);
    }
  }

  function answer(raw: FastifyRequest, reply: FastifyReply, visitor: Visitor): Answer | Promise<Answer> {
    const input = inputOf(raw);
    const locale = localeOf(raw, visitor);
    const about = { raw, place, visitor, input, locale, host: deps.hostOf(raw.raw), cookies: deps.cookies };
    const { actor, store } = visitor;
    const context: Context = { actor, locale, requestId: raw.id, ...(store && { store }) };

    const work = () => {
      const request = new Incoming(about);
      const call = () => route.handler(request as never, services as never);
      const value = plugin === undefined ? call() : deps.enter(plugin, call);
      return chain(value, (value) =>
        answerOf({ value, draft: request.draft, route, reply, texts: { i18n, locale } }),
      );
    };
    const key = isKeyed ? idempotencyKey(raw.headers['idempotency-key']) : undefined;
    // Nothing of the kernel's own happens around it: the plugin is entered in the same step.
    if (key === undefined && !isTransaction) {
      return enterAs(plugin === undefined ? context : { ...context, plugin }, work);
    }

    const working = async () => work();
    if (key === undefined) return enterAs(context, () => deps.idempotency.transaction(hasStore, working));
    const scope = scopeOf(raw, visitor, key);
    const print = fingerprintOf([raw.url, raw.body ?? null]);
    return enterAs(context, () =>
      deps.idempotency.once(scope, print, { transaction: isTransaction }, working),
    );
  }

  /** Params, query and body, each checked; what has no schema does not reach the handler. */
  function inputOf({ params, query, body, headers }: FastifyRequest): Input {
    const { store: _, ...named } = route.params ? (params as Record<string, unknown>) : NO_PARAMS;
    if (route.params) deps.validate('params', route.params, named);
    if (route.query) deps.validate('query', route.query, query);
    const rawBody = Buffer.isBuffer(body) ? body : NO_BYTES;
    if (route.body && rawBody === NO_BYTES) {
      const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
      checkDepth(body);
      deps.validate('body', route.body, body ?? null, isForm);
    }
    return {
      params: route.params && named,
      query: route.query && query,
      body: rawBody === NO_BYTES && route.body ? body : undefined,
      rawBody,
    };
  }

  function localeOf(request: FastifyRequest, { locale, store }: Visitor): string {
    const spoken = store && SURFACES[route.surface].host === 'store' ? store.ref.locales : PLATFORM_LOCALES;
    const house = store?.ref.locale ?? 'en';
    return chooseLocale({ own: locale, accept: request.headers['accept-language'], spoken, house });
  }

  function scopeOf(request: FastifyRequest, { actor, store }: Visitor, key: string): Scope {
    // Strangers share no keys: their cookies tell them apart, or their address before they have any.
    const stranger = () => fingerprintOf([request.headers.cookie ?? countedAddress(request.ip)]);
    const name = actorName(actor) ?? `anonymous:${stranger()}`;
    return {
      storeId: store?.ref.id,
      surface: route.surface,
      actor: name,
      route: `${route.method} ${address}`,
      key,
    };
  }

  function fail(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    failWith(
      { send: deps.send, log: deps.log, plugin, address: `${route.method} ${address}` },
      error,
      request,
      reply,
    );
  }
}

const NO_PARAMS: Record<string, unknown> = {};
const NO_BYTES = Buffer.alloc(0);

/** Answers an accident, and writes down with its causes what was our fault. */
export function failWith(
  {
    send,
    log,
    plugin,
    address,
  }: { send: Send; log: KernelLog; plugin?: string | undefined; address: string },
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const problem = problemOf(error);
  if (problem.status >= 500)
    log.error({ err: error, requestId: request.id, plugin, address }, 'a request failed');
  if (!reply.sent) send(reply, problemAnswer(problem, request.id));
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who came, once the door is passed. */
    visitor: Visitor | undefined;
  }
}
