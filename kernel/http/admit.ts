import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from 'kontor/sdk';
import { enterAs, type StoreContext } from '../context.ts';
import { countedAddress } from '../counted-address.ts';
import { checkCrossSite } from './csrf.ts';
import { httpErrors } from './errors.ts';
import type { Kit, Place } from './kit.ts';
import { attempt, chain, type Maybe } from './maybe.ts';
import { isUnsafe, SURFACES } from './surfaces.ts';

type Store = StoreContext | undefined;
type Person = { actor: Actor; csrfToken?: string; locale?: string };
type Rights = ReadonlySet<string> | undefined;

const NOBODY: Person = { actor: { kind: 'anonymous' } };

/**
 * Makes the door of one route: store, plugin, actor, access, cross-site, feature, rate limit, in this order and before the
 * body is read. No query and no promise when tenancy and identities are warm. All of it is here; handlers check nothing of
 * this again.
 */
export function createAdmit(kit: Kit, { route, plugin, address }: Place) {
  const { surface, access, feature, rateLimit } = route;
  const { host: hostKind, hasStore } = SURFACES[surface];
  const permission = typeof access === 'object' ? access.permission : undefined;
  const mustBeOurs = isUnsafe(route) && surface !== 'hooks';

  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    const admit = () =>
      chain(findStore(request), (store) =>
        chain(findPerson(request, store), (person = NOBODY) =>
          chain(findRights(store, person.actor), (rights) => {
            check(request, store, person, rights);
            const { actor, locale } = person;
            request.visitor = { actor, store, locale };
            return rateLimit ? count(request, reply).then(() => done()) : done();
          }),
        ),
      );
    attempt(admit, done);
  };

  function findStore(request: FastifyRequest): Maybe<Store> {
    if (!hasStore) return undefined;
    if (surface === 'store') return kit.tenancy.byHandle((request.params as { store: string }).store);
    return chain(kit.tenancy.byHost(kit.hostOf(request.raw)), checkStore);
  }

  function findPerson({ headers }: FastifyRequest, store: Store): Maybe<Person | undefined> {
    if (surface === 'hooks') return undefined;
    const { authorization, cookie } = headers;
    if (hostKind === 'platform' && authorization?.startsWith('Bearer ')) {
      return chain(kit.identities.apiKey(authorization.slice(7)), (key) => {
        if (!key) throw new httpErrors.KERNEL_ERR_SIGN_IN('a key that is valid');
        if (key.storeId !== store?.ref.id) throw new httpErrors.KERNEL_ERR_NOT_FOUND();
        return key;
      });
    }
    const token = kit.cookies.session(hostKind, cookie);
    if (token === undefined) return undefined;
    const { userSession, customerSession } = kit.identities;
    return hostKind === 'platform' ? userSession(token) : customerSession(store!, token);
  }

  function findRights(store: Store, actor: Actor): Maybe<Rights> {
    const isAsked = surface === 'store' && access !== 'admin' && store && actor.kind === 'user';
    return isAsked ? kit.identities.permissions(store, actor.userId) : undefined;
  }

  function check(request: FastifyRequest, store: Store, { actor, csrfToken }: Person, rights: Rights): void {
    if (access !== 'anyone' && access !== 'provider') checkAccess(store, actor, rights);
    if (mustBeOurs && actor.kind !== 'apiKey') {
      const scheme = kit.cookies.isSecure ? 'https' : 'http';
      const origin = `${scheme}://${kit.hostOf(request.raw).toLowerCase()}`;
      checkCrossSite({ headers: request.headers, origin, csrfToken, needsToken: route.csrf !== 'origin' });
    }
    if (feature !== undefined && !store!.gate.features.has(feature)) {
      enterAs({ actor, store: store! }, () => kit.features.features.require(feature));
    }
  }

  async function count(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { actor, store } = request.visitor;
    const ip = countedAddress(request.ip);
    const who = { ip, actor: actorName(actor) ?? ip, store: '' }[rateLimit!.per ?? 'ip'];
    const key = `${route.method} ${address} ${store?.ref.id ?? ''} ${who}`;
    reply.headers(await kit.countCall(key, rateLimit!));
  }

  function checkAccess(store: Store, actor: Actor, rights: Rights): void {
    if (actor.kind === 'anonymous') {
      const wanted = access === 'customer' ? 'a signed-in customer' : 'a signed-in person';
      throw new httpErrors.KERNEL_ERR_SIGN_IN(wanted);
    }
    if (access === 'admin' && !(actor.kind === 'user' && actor.isAdmin)) {
      throw new httpErrors.KERNEL_ERR_FORBIDDEN('a platform admin', `one ${actor.kind}`);
    }
    if (surface === 'store') {
      // Not a member, and no such store: the same answer, so that nobody learns which stores there are.
      if (actor.kind === 'user' && access !== 'admin' && !rights) throw new httpErrors.KERNEL_ERR_NOT_FOUND();
      checkStore(store);
    }
    if (permission !== undefined) {
      const isHeld = actor.kind === 'apiKey' ? actor.scopes.includes(permission) : rights?.has(permission);
      const wanted = `the permission '${permission}'`;
      if (!isHeld) throw new httpErrors.KERNEL_ERR_FORBIDDEN(wanted, `one ${actor.kind} without it`);
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
    if (!store.gate.plugins.has(plugin)) throw new httpErrors.KERNEL_ERR_NOT_FOUND();
    return store;
  }
}

/** Who this is across requests; undefined for anonymous. */
export function actorName(actor: Actor): string | undefined {
  if (actor.kind === 'user') return `user:${actor.userId}`;
  if (actor.kind === 'customer') return `customer:${actor.customerId}`;
  return actor.kind === 'apiKey' ? `key:${actor.keyId}` : undefined;
}
