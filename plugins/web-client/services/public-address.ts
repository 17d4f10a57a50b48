import { BlockList, isIPv6 } from 'node:net';

// Everything IANA lists as special: own network, private, carrier, link-local, test nets, multicast, reserved.
const IPV4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3';
// Parts of 2000::/3 that are special, or that carry an IPv4 address inside (Teredo, 6to4).
const IPV6 = '2001::/23 2001:db8::/32 2002::/16 3fff::/20';

const refusedV4 = blockList(IPV4, 'ipv4');
const refusedV6 = blockList(IPV6, 'ipv6');
const publicV6 = blockList('2000::/3', 'ipv6');

/** Whether an address is one of the open internet: nothing of our own network may be asked for a stranger. */
export function isPublicAddress(address: string): boolean {
  // Outside 2000::/3 lie loopback, link-local, unique-local, and every form of IPv4 within IPv6.
  if (isIPv6(address)) return publicV6.check(address, 'ipv6') && !refusedV6.check(address, 'ipv6');
  return !refusedV4.check(address, 'ipv4');
}

function blockList(ranges: string, family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const range of ranges.split(' ')) {
    const [net, prefix] = range.split('/');
    list.addSubnet(net!, Number(prefix), family);
  }
  return list;
}
