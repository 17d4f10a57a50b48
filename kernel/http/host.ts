import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/**
 * The host a request is for: the Host header, and X-Forwarded-Host only from a proxy that is trusted.
 *
 * @param trusted - addresses or subnets, e.g. `10.0.0.0/8`
 */
export function createHostOf(trusted: readonly string[]): (request: IncomingMessage) => string {
  if (trusted.length === 0) return (request) => request.headers.host ?? '';
  const proxies = new BlockList();
  for (const entry of trusted) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) proxies.addAddress(address, family);
    else proxies.addSubnet(address, Number(bits), family);
  }
  return ({ headers, socket }) => {
    const forwarded = headers['x-forwarded-host'];
    if (typeof forwarded !== 'string') return headers.host ?? '';
    const peer = socket.remoteAddress ?? '';
    const isTrusted = isIP(peer) !== 0 && proxies.check(peer, isIP(peer) === 6 ? 'ipv6' : 'ipv4');
    // Each proxy appends; the last word is that of the one we trust.
    return isTrusted ? forwarded.slice(forwarded.lastIndexOf(',') + 1).trim() : (headers.host ?? '');
  };
}
