import { Resolver } from 'node:dns/promises';
import type { WebClient } from 'kontor/sdk';
import type { DomainClaim } from '../contract.ts';
import { createFetchProof, type FetchProof } from './fetch-proof.ts';

const TIME = 5000; // ms

export type LookUps = { resolveTxt: (name: string) => Promise<string[][]>; fetchProof: FetchProof };

/** Look-ups on the internet: a DNS server is asked once, and pages are fetched by a client that refuses private addresses. */
export const lookUps = ({ webClient }: { webClient: WebClient }): LookUps => ({
  resolveTxt: (name) => new Resolver({ timeout: TIME, tries: 1 }).resolveTxt(name),
  fetchProof: createFetchProof({ webClient }),
});

/** Either will do: a TXT record, or a page on the server that the domain leads to now. */
export function proofsOf({ domain, token }: { domain: string; token: string }) {
  return {
    dns: { name: `_kontor.${domain}`, value: `kontor-proof=${token}` },
    http: { path: '/.well-known/kontor-domain-proof', body: token },
  } satisfies DomainClaim['proofs'];
}

/** Whether one of the proofs is there now. */
export async function isProved(claim: { domain: string; token: string }, ask: LookUps): Promise<boolean> {
  const { dns, http } = proofsOf(claim);
  const byDns = ask.resolveTxt(dns.name).then(
    (records) => records.some((parts) => parts.join('').trim() === dns.value),
    () => false,
  );
  const byHttp = ask.fetchProof(claim.domain, http.path).then((body) => body?.trim() === http.body);
  return (await Promise.all([byDns, byHttp])).includes(true);
}
