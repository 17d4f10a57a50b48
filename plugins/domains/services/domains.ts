import { type Cradle, normaliseHost, ok, type PlatformDatabase, refused } from 'kontor/sdk';
import type { DomainClaim, Domains } from '../contract.ts';
import { isProved, lookUps, type LookUps, proofsOf } from './look-for-proof.ts';

type Claim = { domain: string; token: string };
type Needs = Pick<Cradle, 'administration' | 'clock' | 'platform' | 'random' | 'stores' | 'webClient'>;

/**
 * Domains of stores. Anybody may claim any domain, several stores the same one; only a proof attaches it, and the kernel
 * attaches it to one store.
 *
 * @param ask - look-ups of proofs; on the internet when left out
 */
export function createDomains(
  { administration, clock, platform, random, stores, webClient }: Needs,
  ask: LookUps = lookUps({ webClient }),
): Domains {
  const attached = (storeId: number) => administration.stores.domains(storeId);

  async function find({ query }: PlatformDatabase, domain: string): Promise<Claim | undefined> {
    const sql = 'select domain, token from domains.claims where store_id = $1 and domain = $2';
    return (await query<Claim>(sql, [stores.current().id, domain]))[0];
  }

  /** A claim as its store sees it. */
  async function shown(claim: Claim): Promise<DomainClaim> {
    const known = (await attached(stores.current().id)).find(({ domain }) => domain === claim.domain);
    return {
      domain: claim.domain,
      isVerified: known !== undefined,
      isPrimary: known?.isPrimary ?? false,
      proofs: proofsOf(claim),
    };
  }

  /** Whether one of the others who claim a domain has proved it. The kernel asks again, of all stores, when it attaches. */
  async function isOthers({ query }: PlatformDatabase, domain: string): Promise<boolean> {
    const sql = 'select store_id from domains.claims where domain = $1 and store_id <> $2';
    const others = await query<{ store_id: number }>(sql, [domain, stores.current().id]);
    const theirs = await Promise.all(others.map(({ store_id }) => attached(store_id)));
    return theirs.flat().some((known) => known.domain === domain);
  }

  return {
    list: () =>
      platform.asPlatform('show a store its domains', async ({ query }) => {
        const { id } = stores.current();
        const sql = 'select domain, token from domains.claims where store_id = $1 order by domain';
        const claims = await query<Claim>(sql, [id]);
        const known = (await attached(id)).map((one): DomainClaim => {
          const claim = claims.find(({ domain }) => domain === one.domain);
          return { ...one, isVerified: true, ...(claim ? { proofs: proofsOf(claim) } : {}) };
        });
        const waiting = claims
          .filter((claim) => !known.some(({ domain }) => domain === claim.domain))
          .map((claim) => ({
            domain: claim.domain,
            isVerified: false,
            isPrimary: false,
            proofs: proofsOf(claim),
          }));
        return [...known, ...waiting];
      }),

    async claim({ domain: text, platformHost }) {
      const domain = normaliseHost(text);
      if (domain === undefined || !domain.includes('.')) return refused('badDomain', { domain: text });
      const own = normaliseHost(platformHost);
      if (domain === own || domain.endsWith(`.${own}`)) return refused('reserved', { domain });
      return platform.asPlatform('claim a domain for a store', async (database) => {
        if (await isOthers(database, domain)) return refused('taken', { domain });
        await database.query(
          `insert into domains.claims (domain, store_id, token, claimed_at) values ($1, $2, $3, $4)
           on conflict (domain, store_id) do nothing`,
          [domain, stores.current().id, random.token(), clock.now()],
        );
        return ok(await shown((await find(database, domain))!));
      });
    },

    async verify(text) {
      const domain = normaliseHost(text) ?? text;
      const claim = await platform.asPlatform('look for a claim of a domain', (database) =>
        find(database, domain),
      );
      if (!claim) return refused('notClaimed', { domain });
      if ((await shown(claim)).isVerified) return ok(await shown(claim));
      if (!(await isProved(claim, ask))) return refused('noProof', { domain, proofs: proofsOf(claim) });
      const done = await administration.stores.attachDomain(stores.current().id, domain);
      return done.ok ? ok(await shown(claim)) : done;
    },

    async makePrimary(text) {
      const { id } = stores.current();
      const done = await administration.stores.setPrimaryDomain(id, text);
      return done.ok ? done : refused('notVerified', { domain: text });
    },

    remove: (text) =>
      platform.asPlatform('give up a domain of a store', ({ query, transaction }) =>
        transaction(async () => {
          const domain = normaliseHost(text) ?? text;
          const { id } = stores.current();
          const sql = 'delete from domains.claims where store_id = $1 and domain = $2 returning domain';
          const claims = await query(sql, [id, domain]);
          const detached = await administration.stores.detachDomain(id, domain);
          return claims.length > 0 || detached.ok ? ok() : refused('notClaimed', { domain });
        }),
      ),
  };
}
