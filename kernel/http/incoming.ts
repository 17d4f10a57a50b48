import type { Readable } from 'node:stream';
import { parseCookie } from 'cookie';
import type { FastifyRequest } from 'fastify';
import type { RouteRequest } from 'kontor/sdk';
import { httpErrors } from './errors.ts';
import type { Kit, Place } from './kit.ts';
import { Draft } from './reply.ts';
import { SURFACES } from './surfaces.ts';

export type Input = Pick<
  RouteRequest<unknown, unknown, unknown>,
  'params' | 'query' | 'body' | 'rawBody' | 'stream'
>;

/** The request as a handler sees it. What few handlers read is made when it is read. */
export class Incoming implements RouteRequest<unknown, unknown, unknown> {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly rawBody: Buffer;
  readonly stream: Readable;
  readonly actor: RouteRequest['actor'];
  readonly locale: string;
  readonly requestId: string;
  readonly host: string;
  readonly headers: RouteRequest['headers'];
  readonly reply: Draft;
  readonly #raw: FastifyRequest;
  readonly #place: Place;

  constructor(from: { raw: FastifyRequest; kit: Kit; place: Place; input: Input; locale: string }) {
    const { raw, kit, place, input } = from;
    this.params = input.params;
    this.query = input.query;
    this.body = input.body;
    this.rawBody = input.rawBody;
    this.stream = input.stream;
    this.actor = raw.visitor.actor;
    this.locale = from.locale;
    this.requestId = raw.id;
    this.host = kit.hostOf(raw.raw);
    this.headers = raw.headers;
    this.reply = new Draft(kit.cookies, SURFACES[place.route.surface].host);
    this.#raw = raw;
    this.#place = place;
  }

  get store(): RouteRequest['store'] {
    const { store } = this.#raw.visitor;
    if (store) return store.ref;
    throw new httpErrors.KERNEL_ERR_NO_ROUTE_STORE(this.#place.address, this.#place.route.surface);
  }

  get ip(): string {
    return this.#raw.ip;
  }

  get cookies(): RouteRequest['cookies'] {
    return parseCookie(this.#raw.headers.cookie ?? '');
  }
}
