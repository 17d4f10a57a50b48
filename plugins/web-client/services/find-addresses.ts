import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.ts';
import type { Target } from './read-target.ts';

/** Where names lead, and which addresses may be asked; a test has its own. */
export type Internet = {
  lookUp(host: string, signal: AbortSignal): Promise<readonly string[]>;
  isAllowed(address: string): boolean;
  /** Certificates to trust instead of the usual ones. */
  readonly ca?: string;
};

export const internet: Internet = { lookUp: askNameServers, isAllowed: isPublicAddress };

/**
 * Addresses that may be connected to, and no others may.
 *
 * @returns none when there is no such name, or when one of its addresses is of our own network
 */
export async function findAddresses(
  { host, isTrusted }: Target,
  { net, signal }: { net: Internet; signal: AbortSignal },
): Promise<readonly string[]> {
  if (isTrusted) return (await lookup(host, { all: true })).map(({ address }) => address);
  const addresses = isIP(host) ? [host] : await net.lookUp(host, signal);
  // One address of ours among the public ones is enough to refuse: the next connection might take it.
  return addresses.every((address) => net.isAllowed(address)) ? addresses : [];
}

/** Not `dns.lookup`, whose few threads a slow name server of a stranger would hold. */
async function askNameServers(host: string, signal: AbortSignal): Promise<string[]> {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  signal.removeEventListener('abort', cancel);
  return found.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
}
