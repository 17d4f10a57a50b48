import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

const PLAIN = /^[a-z0-9.-]+$/;
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/**
 * The one spelling of a host: lower case, punycode, without port and trailing dot.
 *
 * @returns undefined for what names no host: addresses, blanks, anything of a URL besides the host
 * @example normaliseHost('BÜCHER.lu.:443') === 'xn--bcher-kva.lu'
 */
export function normaliseHost(host: string): string | undefined {
  const bare = host
    .replace(/:\d{1,5}$/, '')
    .replace(/\.$/, '')
    .toLowerCase();
  if (bare === '' || bare.length > 253 || /[\s/\\@?#%:[\]]/.test(bare)) return undefined;
  // domainToASCII reads numbers as addresses in every spelling, so that 0x7f.1 and 2130706433 are seen as such.
  const name = PLAIN.test(bare) && !/xn--|\d$/.test(bare) ? bare : domainToASCII(bare);
  if (name === '' || isIP(name) !== 0) return undefined;
  return name.split('.').every((label) => LABEL.test(label)) ? name : undefined;
}
