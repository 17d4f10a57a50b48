import type { PostalAddress } from 'kontor/sdk';
import { EXAMPLES, NEEDS_REGION, POSTAL_CODES } from '../data/postal-codes.ts';

/** What is wrong with a field: a text of the locales, with its values. */
export type AddressFault = { text: string; values?: Record<string, string | number> };

const LENGTHS = {
  firstName: 100,
  lastName: 100,
  company: 200,
  line1: 200,
  line2: 200,
  postalCode: 20,
  city: 100,
  region: 100,
  phone: 40,
} satisfies Partial<Record<keyof PostalAddress, number>>;
const REQUIRED = ['lastName', 'line1', 'city', 'country'] as const;

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
// Known to the list of names, and no country to send to.
const NO_COUNTRY: readonly string[] = ['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ'];

/** Everything that is wrong with an address, by field. */
export function addressFaults(address: PostalAddress): Record<string, AddressFault> {
  const faults: Record<string, AddressFault> = {};
  for (const [field, most] of Object.entries(LENGTHS)) {
    const value = address[field as keyof PostalAddress] ?? '';
    if (value.length > most) faults[field] = { text: 'address.tooLong', values: { most } };
  }
  for (const field of REQUIRED)
    if (!address[field].trim() && !(field === 'lastName' && address.company?.trim()))
      faults[field] = { text: 'address.missing' };
  const { country } = address;
  if (!faults.country && !isCountry(country)) faults.country = { text: 'address.unknownCountry' };
  if (NEEDS_REGION.includes(country) && !address.region?.trim()) faults.region = { text: 'address.missing' };
  const code = postalCodeFault(address);
  if (code && !faults.postalCode) faults.postalCode = code;
  return faults;
}

/** A postal code as it is judged: capital letters, one space, without the country's sign in front. */
export function bareCode(code: string): string {
  return code
    .trim()
    .toUpperCase()
    .replaceAll(/\s+/g, ' ')
    .replace(/^[A-Z]{1,2}[- ](?=\d)/, '');
}

function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && !NO_COUNTRY.includes(code) && regions.of(code) !== undefined;
}

function postalCodeFault({ country, postalCode }: PostalAddress): AddressFault | undefined {
  const pattern = POSTAL_CODES[country];
  if (!pattern) return undefined;
  if (!postalCode.trim()) return { text: 'address.missing' };
  if (pattern.test(bareCode(postalCode))) return undefined;
  return { text: 'address.postalCode', values: { example: EXAMPLES[country]! } };
}
