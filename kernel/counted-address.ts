import { isIPv6 } from 'node:net';

/**
 * An address as calls and guesses are counted: one line of an internet connection holds 2^64 addresses of IPv6, so that
 * its network counts, however the address is shortened.
 */
export function countedAddress(ip: string): string {
  if (!isIPv6(ip) || ip.startsWith('::ffff:')) return ip;
  const [start = [], end] = ip.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const zeros = Array(end ? 8 - start.length - end.length : 0).fill('0');
  return [...start, ...zeros, ...(end ?? [])].slice(0, 4).join(':');
}
