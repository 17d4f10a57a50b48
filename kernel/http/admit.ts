import type { FastifyRequest } from 'fastify';
import type { Actor, KernelServices, Route } from 'kontor/sdk';
import { enterAs, type StoreContext } from '../context.ts';
import type { Identities, Tenancy } from '../parts.ts';
import { oneCookie, type SessionCookies } from './cookies.ts';
import { checkCrossSite } from './csrf.ts';
import { httpErrors } from './errors.ts';
import { type CountCall, countedAddress } from './rate-limit.ts';
import { isUnsafe, SURFACES } from './surfaces.ts';

/** A route in place: what is known about it before any request comes. */
export type Place = {
  readonly plugin: string | undefined;
  readonly services: KernelServices;
  readonly route: Route;
  readonly address: string;
};

/** Who came, and to which store; every check is passed. */
export type Visitor = {
  readonly actor: Actor;
  readonly store: StoreContext | undefined;
  /** The person's own language. */
  readonly locale: string | undefined;
  /** What is left of a rate limit, as headers. */
  readonly limits: Readonly<Record<string, string>>;
};

type Person = { actor: Actor; csrfToken?: string; locale?: string };
type Maybe<Value> = Value | Promise<Value>;

const NOBODY: Person = { actor: { kind: 'anonymous' } };
const NO_LIMITS = {};

export type AdmitDeps = {
  tenancy: Tenancy;
  identities: Identities;
  features: { readonly features: KernelServices['features'] };
  cookies: SessionCookies;
  scheme: string;
  hostOf: (request: FastifyRequest['raw']) => string;
  countCall: CountCall;
};

/**
 * Makes the door of one route: store, plugin, actor, access, cross-site, feature, rate limit, in this order. No query
 * and no promise when tenancy and identities are warm. All of it is here; handlers check nothing of this again.
 */
export function createAdmit(deps: AdmitDeps, place: Place): (request: FastifyRequest) => Maybe<Visitor> {
  const { route, plugin, address } = place;
  const { surface, access, feature, rateLimit } = route;
  const { host: hostKind, hasStore } = SURFACES[surface];
  const permission = typeof access === 'object' ? access.permission : undefined;
  const unsafe = isUnsafe(route) && surface !== 'hooks';

  return (request) =>
    chain(findStore(request), (store) =>
      chain(findPerson(request, store), (person) =>
        chain(findRights(store, person.actor), (rights) => pass(request, store, person, rights)),
      ),
    );

  function findStore(request: FastifyRequest): Maybe<StoreContext | undefined> {
    if (!hasStore) return undefined;
    if (surface === 'store') return deps.tenancy.byHandle((request.params as { store: string }).store);
    return chain(deps.tenancy.byHost(deps.hostOf(request.raw)), checkStore);
  }

  function findPerson(request: FastifyRequest, store: StoreContext | undefined): Maybe<Person> {
    if (surface === 'hooks') return NOBODY;
    const { authorization, cookie } = request.headers;
    if (hostKind === 'platform' && authorization?.startsWith('Bearer ')) {
      return chain(deps.identities.apiKey(authorization.slice(7)), (key) => {
        if (!key) throw new httpErrors.KERNEL_ERR_SIGN_IN('a key that is valid');
        if (key.storeId !== store?.ref.id) throw new httpErrors.KERNEL_ERR_NOT_FOUND();
        return key;
      });
    }
    const token = oneCookie(cookie, deps.cookies[hostKind]);
    if (token === undefined) return NOBODY;
    const session =
      hostKind === 'platform'
        ? deps.identities.userSession(token)
        : deps.identities.customerSession(store!, token);
    return chain<Person | undefined, Person>(session, (person) => person ?? NOBODY);
  }

  function findRights(store: StoreContext | undefined, actor: Actor): Maybe<ReadonlySet<string> | undefined> {
    if (surface !== 'store' || access === 'admin' || !store) return undefined;
    return actor.kind === 'user' ? deps.identities.permissions(store, actor.userId) : undefined;
  }

  function pass(
    request: FastifyRequest,
    store: StoreContext | undefined,
    { actor, csrfToken, locale }: Person,
    rights: ReadonlySet<string> | undefined,
  ): Maybe<Visitor> {
    checkAccess(store, actor, rights);
    if (unsafe && actor.kind !== 'apiKey') {
      const origin = `${deps.scheme}://${deps.hostOf(request.raw).toLowerCase()}`;
      checkCrossSite({ headers: request.headers, origin, csrfToken, needsToken: route.csrf !== 'origin' });
    }
    if (feature !== undefined && !store!.gate.features.has(feature)) {
      enterAs({ actor, store: store! }, () => deps.features.features.require(feature));
    }
    if (!rateLimit) return { actor, store, locale, limits: NO_LIMITS };
    const who = {
      ip: countedAddress(request.ip),
      actor: actorName(actor) ?? countedAddress(request.ip),
      store: '',
    };
    const key = `${route.method} ${address} ${store?.ref.id ?? ''} ${who[rateLimit.per ?? 'ip']}`;
    return deps.countCall(key, rateLimit).then((limits) => ({ actor, store, locale, limits }));
  }

  function checkAccess(
    store: StoreContext | undefined,
    actor: Actor,
    rights: ReadonlySet<string> | undefined,
  ): void {
    if (access === 'anyone' || access === 'provider') return;
    if (actor.kind === 'anonymous') {
      throw new httpErrors.KERNEL_ERR_SIGN_IN(
        access === 'customer' ? 'a signed-in customer' : 'a signed-in person',
      );
    }
    if (access === 'admin' && !(actor.kind === 'user' && actor.isAdmin)) {
      throw new httpErrors.KERNEL_ERR_FORBIDDEN('a platform admin', `one ${actor.kind}`);
    }
    if (surface === 'store') {
      // Not a member, and no such store: the same answer, so that nobody learns which stores there are.
      if (actor.kind === 'user' && access !== 'admin' && !rights) throw new httpErrors.KERNEL_ERR_NOT_FOUND();
      checkStore(store);
      const held = actor.kind === 'apiKey' ? actor.scopes.includes(permission!) : rights?.has(permission!);
      if (permission !== undefined && !held) {
        throw new httpErrors.KERNEL_ERR_FORBIDDEN(
          `the permission '${permission}'`,
          `one ${actor.kind} without it`,
        );
      }
    }
    if (access === 'user' && actor.kind !== 'user') {
      throw new httpErrors.KERNEL_ERR_FORBIDDEN('a signed-in person', 'a key');
    }
  }

  /** A store that is there for this route: known, not closed, open to shoppers, and with the plugin on. */
  function checkStore(store: StoreContext | undefined): StoreContext {
    if (!store || store.ref.state === 'closed') throw new httpErrors.KERNEL_ERR_NOT_FOUND();
    if (store.ref.state === 'paused' && surface !== 'store') {
      throw new httpErrors.KERNEL_ERR_STORE_PAUSED({ details: { retryAfter: 3600 } });
    }
    if (plugin !== undefined && !store.gate.plugins.has(plugin)) throw new httpErrors.KERNEL_ERR_NOT_FOUND();
    return store;
  }
}

/** Who this is across requests; undefined for anonymous. */
export function actorName(actor: Actor): string | undefined {
  if (actor.kind === 'user') return `user:${actor.userId}`;
  if (actor.kind === 'customer') return `customer:${actor.customerId}`;
  return actor.kind === 'apiKey' ? `key:${actor.keyId}` : undefined;
}

/** Goes on at once with what is there, later with what is promised. */
export function chain<Value, Next>(value: Maybe<Value>, next: (value: Value) => Maybe<Next>): Maybe<Next> {
  return value instanceof Promise ? value.then(next) : next(value);
}
