import type { Readable } from 'node:stream';
import type { Static, TSchema } from 'typebox';
import type { Actor, NewSession } from './auth.ts';
import type { Cradle, StoreRef } from './services.ts';

/**
 * Where a route lives, and on which host.
 *
 * | surface | address | host |
 * | --- | --- | --- |
 * | `store` | `/api/stores/{store}/...` | platform |
 * | `admin` | `/api/admin/...` | platform |
 * | `account` | `/api/account/...` | platform |
 * | `platform` | `/...` as written | platform |
 * | `shop` | `/api/shop/...` | a store's own |
 * | `storefront` | `/...` as written | a store's own |
 * | `hooks` | `/hooks/{plugin}/...` | platform |
 */
export type Surface = 'store' | 'admin' | 'account' | 'platform' | 'shop' | 'storefront' | 'hooks';

/**
 * Who may call a route. There is no default: a route without one is refused at start.
 *
 * - `anyone`: no session needed; the actor may still be known
 * - `customer`: a signed-in customer of this store
 * - `user`: a signed-in person who works, of any store
 * - `admin`: a platform admin
 * - `provider`: an outside system; the handler itself checks the signature of `rawBody`
 * - `{ permission }`: a member of the store's team, or an API key, that holds the permission; surface `store` only
 */
export type Access = 'anyone' | 'customer' | 'user' | 'admin' | 'provider' | { readonly permission: string };

/**
 * Methods a route may have. All but GET are unsafe: they are checked against cross-site requests, and take an
 * Idempotency-Key.
 */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

type Of<Schema> = Schema extends TSchema ? Static<Schema> : undefined;

/** What a handler gets; params, query and body are already checked against their schemas. */
export type RouteRequest<Params = undefined, Query = undefined, Body = undefined> = {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly actor: Actor;
  /** The store of the host or of the path; throws on surfaces that have none. */
  readonly store: StoreRef;
  /** Language of the answer: the person's choice, else the browser's, else the store's. */
  readonly locale: string;
  readonly requestId: string;
  readonly ip: string;
  readonly host: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  /** The body as it came, for `hooks` routes that check a signature; empty elsewhere. */
  readonly rawBody: Buffer;
  /** The body as it comes, for routes with `bodyStream`; it ends in an error past the route's `bodyLimit`. */
  readonly stream: Readable;
  readonly reply: RouteReply;
};

/** What a handler may set besides the value it returns. */
export type RouteReply = {
  status(code: number): RouteReply;
  /** An answer to somebody signed in, or to a key, has `cache-control: private` when nothing else is said here. */
  header(name: string, value: string): RouteReply;
  type(contentType: string): RouteReply;
  /** HttpOnly, Secure on https, SameSite=Lax and Path=/ unless said otherwise. */
  cookie(name: string, value: string, options?: CookieOptions): RouteReply;
  clearCookie(name: string): RouteReply;
  redirect(address: string, status?: 301 | 302 | 303 | 307 | 308): RouteReply;
  /** Signs the person in: a user on the platform's host, a customer on a store's. @example reply.session(signedIn.value) */
  session(session: NewSession): RouteReply;
  /** Takes the session cookie of this host away; the session itself is ended by `users.signOut` or `customers.signOut`. */
  endSession(): RouteReply;
};

/** What a cookie may have besides its value. */
export type CookieOptions = {
  /** Seconds; a session cookie when left out. */
  maxAge?: number;
  sameSite?: 'lax' | 'strict' | 'none';
  httpOnly?: boolean;
  path?: string;
};

/** How often a route may be called, in fixed windows. One call too many is answered with 429. */
export type RateLimit = {
  /** Calls allowed in one window. */
  max: number;
  /** Milliseconds. */
  window: number;
  /** What is counted: calls of an address (default), of an actor, or of a whole store. */
  per?: 'ip' | 'actor' | 'store';
};

/** A route as data; `route` makes one with the types of its schemas. */
export type Route<
  Params extends TSchema | undefined = TSchema | undefined,
  Query extends TSchema | undefined = TSchema | undefined,
  Body extends TSchema | undefined = TSchema | undefined,
> = {
  method: Method;
  /** Behind the surface's prefix, e.g. `/notes/:id`. */
  path: string;
  surface: Surface;
  access: Access;
  /** Code of a feature the store must have; 403 with what it gives when it has not. */
  feature?: string;
  /** One line for the API page. */
  summary?: string;
  params?: Params;
  query?: Query;
  /** Unknown fields are refused. */
  body?: Body;
  /** Answer schema by status; what it does not name is left out of the answer. */
  response?: Readonly<Record<number, TSchema>>;
  /** Status by refusal; 422 for one not named. */
  refusals?: Readonly<Record<string, number>>;
  /** Run the handler, and the record of its Idempotency-Key, in one transaction. */
  transaction?: boolean;
  rateLimit?: RateLimit;
  /** Largest body in bytes; 1 MiB when left out. */
  bodyLimit?: number;
  /** Hands the body over as `stream`, of any type and unread: for files. It has no `body` schema then. */
  bodyStream?: boolean;
  /** `origin` for forms and scripts of themes, which carry no token; `token` (default) for everything else. */
  csrf?: 'origin' | 'token';
  handler: (
    request: RouteRequest<Of<Params>, Of<Query>, Of<Body>>,
    services: Cradle,
  ) => unknown | Promise<unknown>;
};

/**
 * Declares one route: the schemas are its types, its validation and its page in the API documents.
 *
 * The handler returns the answer (200, or what `reply.status` said), a `Result` (a refusal becomes problem+json), or
 * undefined (204).
 *
 * @example
 * route({
 *   method: 'GET', path: '/notes/:id', surface: 'store', access: { permission: 'notes.read' },
 *   params: Type.Object({ id: Type.Integer() }),
 *   handler: ({ params }, { notes }) => notes.find(params.id),
 * })
 */
export function route<
  const Params extends TSchema | undefined = undefined,
  const Query extends TSchema | undefined = undefined,
  const Body extends TSchema | undefined = undefined,
>(definition: Route<Params, Query, Body>): Route {
  return definition as unknown as Route;
}

/** Gathers a plugin's routes. @example export const routes = defineRoutes([readNote, writeNote]) */
export function defineRoutes(routes: readonly Route[]): readonly Route[] {
  return routes;
}

/** Counters behind rate limits, shared by all nodes. */
export type RateLimitStore = {
  /**
   * Counts one call.
   *
   * @param window - milliseconds
   * @returns calls in the current window with this one, and milliseconds until it ends
   */
  increment(key: string, window: number): Promise<{ current: number; ttl: number }>;
};
