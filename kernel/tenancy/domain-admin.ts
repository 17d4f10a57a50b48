import { ok, refused, type KernelServices } from 'kontor/sdk';
import type { Changes, Config, DomainClaim, KernelDatabase, StoreAdmin } from '../parts.ts';
import { createChange } from './change.ts';
import type { FetchProof } from './fetch-proof.ts';
import { normaliseHost } from './host.ts';

type DomainAdmin = Pick<
  StoreAdmin,
  'domains' | 'addDomain' | 'verifyDomain' | 'setPrimaryDomain' | 'removeDomain'
>;
type ClaimRow = { domain: string; token: string; verified_at: Date | null; is_primary: boolean };

const PROOF_PATH = '/.well-known/kontor-domain-proof';

/**
 * Domains of stores. Anybody may claim any domain, several stores the same one; only a proof makes it resolve, and only for
 * one store.
 */
export function createDomainAdmin(input: {
  database: Pick<KernelDatabase, 'platform'>;
  changes: Pick<Changes, 'announce'>;
  clock: KernelServices['clock'];
  random: KernelServices['random'];
  config: Pick<Config, 'http'>;
  resolveTxt: (name: string) => Promise<string[][]>;
  fetchProof: FetchProof;
}): DomainAdmin {
  const { changes, clock, random } = input;
  const { platform } = input.database;
  const { platformDomain } = input.config.http;
  const change = createChange(input.database);
  const announce = (storeId: number) => changes.announce({ topic: 'store', key: String(storeId) });

  async function claims(storeId: number, domain?: string): Promise<ClaimRow[]> {
    return platform.query<ClaimRow>(
      `select domain, token, verified_at, is_primary from kernel.domains
       where store_id = $1 and ($2::text is null or domain = $2) order by domain`,
      [storeId, domain ?? null],
    );
  }

  async function isOthers(storeId: number, domain: string): Promise<boolean> {
    const others = await platform.query(
      'select 1 from kernel.domains where domain = $1 and store_id <> $2 and verified_at is not null',
      [domain, storeId],
    );
    return others.length > 0;
  }

  async function hasProof({ domain, token }: ClaimRow): Promise<boolean> {
    const { dns, http } = proofs(domain, token);
    const byDns = input.resolveTxt(dns.name).then(
      (records) => records.some((parts) => parts.join('').trim() === dns.value),
      () => false,
    );
    const byHttp = input.fetchProof(domain, http.path).then((body) => body?.trim() === http.body);
    return (await Promise.all([byDns, byHttp])).includes(true);
  }

  return {
    domains: async (storeId) => (await claims(storeId)).map(asClaim),

    async addDomain(storeId, text) {
      const domain = normaliseHost(text);
      if (domain === undefined || !domain.includes('.'))
        return refused('badDomain', { domain: text, wanted: 'a domain such as shop.example.lu' });
      if (domain === platformDomain || domain.endsWith(`.${platformDomain}`))
        return refused('platformDomain', { domain });
      if (await isOthers(storeId, domain)) return refused('taken', { domain });
      await platform.query(
        `insert into kernel.domains (domain, store_id, token) select $1, h.store_id, $3 from kernel.handles h
         where h.store_id = $2 on conflict (domain, store_id) do nothing`,
        [domain, storeId, random.token()],
      );
      const [claim] = await claims(storeId, domain);
      return claim ? ok(asClaim(claim)) : refused('unknownStore', { storeId });
    },

    async verifyDomain(storeId, text) {
      const domain = normaliseHost(text) ?? text;
      const [claim] = await claims(storeId, domain);
      if (!claim) return refused('notClaimed', { domain });
      if (claim.verified_at) return ok(asClaim(claim));
      if (await isOthers(storeId, domain)) return refused('taken', { domain });
      // Between transactions: others wait for no stranger's server.
      if (!(await hasProof(claim)))
        return refused('noProof', { domain, proofs: proofs(domain, claim.token) });
      const verified_at = clock.now();
      const sql = 'update kernel.domains set verified_at = $3 where domain = $1 and store_id = $2';
      const work = async () => {
        await platform.query(sql, [domain, storeId, verified_at]);
        await announce(storeId);
        return asClaim({ ...claim, verified_at });
      };
      return change(work, { domains_verified: 'taken' }, { domain });
    },

    setPrimaryDomain: (storeId, text) =>
      platform.transaction(async () => {
        const domain = normaliseHost(text) ?? text;
        const [claim] = await claims(storeId, domain);
        if (!claim?.verified_at) return refused('notVerified', { domain });
        await platform.query('update kernel.domains set is_primary = (domain = $2) where store_id = $1', [
          storeId,
          domain,
        ]);
        await announce(storeId);
        return ok();
      }),

    removeDomain: (storeId, text) =>
      platform.transaction(async () => {
        const domain = normaliseHost(text) ?? text;
        const sql = 'delete from kernel.domains where domain = $1 and store_id = $2 returning domain';
        const removed = await platform.query(sql, [domain, storeId]);
        if (removed.length === 0) return refused('notClaimed', { domain });
        await announce(storeId);
        return ok();
      }),
  };
}

function asClaim({ domain, token, verified_at, is_primary }: ClaimRow): DomainClaim {
  return { domain, verifiedAt: verified_at, isPrimary: is_primary, proofs: proofs(domain, token) };
}

/** Either will do: a TXT record, or a page on the server that the domain leads to now. */
function proofs(domain: string, token: string): DomainClaim['proofs'] {
  return {
    dns: { name: `_kontor.${domain}`, value: `kontor-proof=${token}` },
    http: { path: PROOF_PATH, body: token },
  };
}
