import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

const PLAIN = /^[a-z0-9.-]+$/;
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/**
 * The one spelling of a host: lower case, punycode, without port and trailing dot.
 *
 * @returns undefined for what names no host: addresses, blanks, anything of a URL besides the host
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

const HANDLE = /^(?!-)[a-z0-9-]{2,40}(?<!-)$/;
// Names that the platform itself may want to answer on, or that a stranger would take for the platform.
const RESERVED = new Set(
  'www api app admin dashboard account accounts login signin signup auth mail smtp imap pop mx ns ns1 ns2 dns ftp hooks webhooks cdn media assets static files status docs help support blog about billing platform kontor system root internal localhost test staging dev'.split(
    ' ',
  ),
);

/** Why a text cannot be a store's handle, as the end of a sentence; undefined when it can. */
export function faultOfHandle(handle: string): string | undefined {
  if (!HANDLE.test(handle)) return 'expected 2 to 40 of a-z, 0-9 and -, without - at either end';
  if (handle.startsWith('xn--')) return 'expected plain letters, not punycode';
  if (RESERVED.has(handle)) return 'the platform keeps this name for itself';
  return undefined;
}
