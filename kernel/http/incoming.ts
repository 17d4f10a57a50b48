import type { FastifyRequest } from 'fastify';
import type { RouteRequest } from 'kontor/sdk';
import type { Place, Visitor } from './admit.ts';
import { readCookies, type SessionCookies } from './cookies.ts';
import { httpErrors } from './errors.ts';
import { Draft } from './reply.ts';
import { SURFACES } from './surfaces.ts';

export type Input = { params: unknown; query: unknown; body: unknown; rawBody: Buffer };
type About = {
  raw: FastifyRequest;
  place: Place;
  visitor: Visitor;
  input: Input;
  locale: string;
  host: string;
  cookies: SessionCookies;
};

/** The request as a handler sees it. What few handlers read is made when it is read. */
export class Incoming implements RouteRequest<unknown, unknown, unknown> {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly rawBody: Buffer;
  readonly actor: RouteRequest['actor'];
  readonly locale: string;
  readonly requestId: string;
  readonly host: string;
  readonly headers: RouteRequest['headers'];
  /** What the handler said about its answer, if it did. */
  draft: Draft | undefined = undefined;
  readonly #about: About;

  constructor(about: About) {
    const { raw, input } = about;
    this.#about = about;
    this.params = input.params;
    this.query = input.query;
    this.body = input.body;
    this.rawBody = input.rawBody;
    this.actor = about.visitor.actor;
    this.locale = about.locale;
    this.requestId = raw.id;
    this.host = about.host;
    this.headers = raw.headers;
  }

  get store(): RouteRequest['store'] {
    const { visitor, place } = this.#about;
    if (visitor.store) return visitor.store.ref;
    throw new httpErrors.KERNEL_ERR_NO_ROUTE_STORE(place.address, place.route.surface);
  }

  get ip(): string {
    return this.#about.raw.ip;
  }

  get cookies(): RouteRequest['cookies'] {
    return readCookies(this.headers.cookie as string | undefined);
  }

  get reply(): Draft {
    this.draft ??= new Draft(this.#about.cookies, SURFACES[this.#about.place.route.surface].host);
    return this.draft;
  }
}
