import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Context, enterAs } from '../context.ts';
import { countedAddress } from '../counted-address.ts';
import { actorName } from './admit.ts';
import { type Answer, answerOf } from './answer.ts';
import { idempotencyKey } from './idempotency.ts';
import { Incoming, type Input } from './incoming.ts';
import type { Kit, Place, Visitor } from './kit.ts';
import { chooseLocale } from './locale.ts';
import { attempt, chain, type Maybe } from './maybe.ts';
import { isUnsafe, SURFACES } from './surfaces.ts';

const PLATFORM_LOCALES: readonly string[] = ['en', 'fr', 'de', 'lb'];
const NO_BYTES = Buffer.alloc(0);

/** Makes the handler of one route: what stands between the door and the way out. */
export function createServe(kit: Kit, place: Place) {
  const { plugin, route, services, address } = place;
  const { host: hostKind, hasStore, prefix } = SURFACES[route.surface];
  // A file is not kept to be compared.
  const isKeyed = isUnsafe(route) && prefix.startsWith('/api/') && !route.bodyStream;
  const isTransaction = route.transaction === true;

  return (request: FastifyRequest, reply: FastifyReply): void =>
    attempt(
      () => chain(answer(request, reply), (ready) => kit.send(reply, ready)),
      (error) => kit.fail(error, request, reply),
    );

  function answer(raw: FastifyRequest, reply: FastifyReply): Maybe<Answer> {
    const { visitor } = raw;
    const { actor, store } = visitor;
    const input = inputOf(raw);
    const locale = localeOf(raw, visitor);
    const context: Context = { actor, locale, requestId: raw.id, ...(store && { store }) };
    const work = () => {
      const request = new Incoming({ raw, kit, place, input, locale });
      const value = kit.enter(plugin, () => route.handler(request as never, services as never));
      return chain(value, (value) =>
        answerOf({ value, draft: request.reply, route, reply, i18n: services.i18n, locale }),
      );
    };
    const key = isKeyed ? idempotencyKey(raw.headers['idempotency-key']) : undefined;
    // Nothing of the kernel's own happens around it: the plugin is entered in the same step.
    if (key === undefined && !isTransaction) return enterAs({ ...context, plugin }, work);
    if (key === undefined)
      return enterAs(context, () => kit.idempotency.transaction(hasStore, async () => work()));
    const fingerprint = kit.fingerprintOf([raw.url, raw.body ?? null]);
    const scope = [
      store?.ref.id ?? route.surface,
      nameOf(raw, kit),
      `${route.method} ${address}`,
      key,
    ] as const;
    return enterAs(context, () =>
      kit.idempotency.once({ scope, fingerprint, isTransaction, work: async () => work() }),
    );
  }

  /** Params, query and body, each checked; what has no schema does not reach the handler. */
  function inputOf(raw: FastifyRequest): Input {
    const { params, query, body, headers } = raw;
    const { store: _, ...named } = route.params ? (params as Record<string, unknown>) : {};
    const { validator } = kit;
    if (route.params) validator.check('params', route.params, named);
    if (route.query) validator.check('query', route.query, query);
    const rawBody = Buffer.isBuffer(body) ? body : NO_BYTES;
    const hasBody = route.body !== undefined && rawBody === NO_BYTES;
    if (hasBody) {
      const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
      validator.check(isForm ? 'form' : 'body', route.body!, body ?? null);
    }
    return {
      params: route.params && named,
      query: route.query && query,
      body: hasBody ? body : undefined,
      rawBody,
      stream: body instanceof Readable ? body : raw.raw,
    };
  }

  function localeOf(request: FastifyRequest, { locale, store }: Visitor): string {
    const spoken = store && hostKind === 'store' ? store.ref.locales : PLATFORM_LOCALES;
    const house = store?.ref.locale ?? 'en';
    return chooseLocale({ own: locale, accept: request.headers['accept-language'], spoken, house });
  }
}

/** Strangers share no keys: their cookies tell them apart, or their address before they have any. */
function nameOf({ visitor, headers, ip }: FastifyRequest, { fingerprintOf }: Kit): string {
  return actorName(visitor.actor) ?? `anonymous:${fingerprintOf([headers.cookie ?? countedAddress(ip)])}`;
}
