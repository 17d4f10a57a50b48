import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/**
 * The host a request is for: the Host header, and X-Forwarded-Host only from a proxy that is trusted.
 *
 * @param trusted - addresses or subnets, e.g. `10.0.0.0/8`
 */
export function createHostOf(trusted: readonly string[]): (request: IncomingMessage) => string {
  const proxies = new BlockList();
  for (const entry of trusted) {
    const [address = '', bits = isIP(entry) === 6 ? 128 : 32] = entry.split('/');
    proxies.addSubnet(address, Number(bits), familyOf(address));
  }
  return ({ headers: { host = '', 'x-forwarded-host': forwarded }, socket: { remoteAddress = '' } }) => {
    const isTrusted =
      typeof forwarded === 'string' &&
      isIP(remoteAddress) &&
      proxies.check(remoteAddress, familyOf(remoteAddress));
    // Each proxy appends; the last word is that of the one we trust.
    return isTrusted ? forwarded.slice(forwarded.lastIndexOf(',') + 1).trim() : host;
  };
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
