import type { FastifyRequest } from 'fastify';
import type { RouteRequest } from 'kontor/sdk';
import type { Place, Visitor } from './admit.ts';
import { readCookies, type SessionCookies } from './cookies.ts';
import { httpErrors } from './errors.ts';
import { Draft } from './reply.ts';
import { SURFACES } from './surfaces.ts';

export type Input = { params: unknown; query: unknown; body: unknown; rawBody: Buffer };
export type Incoming = { request: RouteRequest<unknown, unknown, unknown>; draft(): Draft | undefined };

/** The request as a handler sees it. What few handlers read is made when it is read. */
export function incoming(about: {
  raw: FastifyRequest;
  place: Place;
  visitor: Visitor;
  input: Input;
  locale: string;
  host: string;
  cookies: SessionCookies;
}): Incoming {
  const { raw, place, visitor, input, locale, host, cookies } = about;
  const { surface } = place.route;
  let draft: Draft | undefined;
  const request = {
    ...input,
    actor: visitor.actor,
    get store() {
      if (visitor.store) return visitor.store.ref;
      throw new httpErrors.KERNEL_ERR_NO_ROUTE_STORE(place.address, surface);
    },
    locale,
    requestId: raw.id,
    get ip() {
      return raw.ip;
    },
    host,
    headers: raw.headers,
    get cookies() {
      return readCookies(raw.headers.cookie);
    },
    get reply() {
      draft ??= new Draft(cookies, SURFACES[surface].host);
      return draft;
    },
  };
  return { request, draft: () => draft };
}
