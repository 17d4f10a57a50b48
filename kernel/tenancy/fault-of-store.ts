import type { StoreAdmin } from 'kontor/sdk';

const HANDLE = /^(?!-)[a-z0-9-]{2,40}(?<!-)$/;
const LOCALE = /^[a-z]{2,3}(-[A-Z]{2})?$/;
// Names that the platform itself may want to answer on, or that a stranger would take for the platform.
const RESERVED = new Set(
  'www api app admin dashboard account accounts login signin signup auth mail smtp imap pop mx ns ns1 ns2 dns ftp hooks webhooks cdn media assets static files status docs help support blog about billing platform kontor system root internal localhost test staging dev'.split(
    ' ',
  ),
);

/** What of a new store does not fit, and what was wanted; undefined when all does. */
export function faultOfStore(
  store: Required<Parameters<StoreAdmin['createStore']>[0]>,
): { field: string; wanted: string } | undefined {
  const { handle, name, locale, locales, currency, timeZone } = store;
  const wanted = faultOfHandle(handle);
  if (wanted) return { field: 'handle', wanted };
  if (name.trim() === '') return { field: 'name', wanted: 'expected a name' };
  if (![locale, ...locales].every((tag) => LOCALE.test(tag)))
    return { field: 'locales', wanted: 'expected language tags such as fr or fr-LU' };
  if (!Intl.supportedValuesOf('currency').includes(currency))
    return { field: 'currency', wanted: 'expected a currency such as EUR' };
  if (!isTimeZone(timeZone))
    return { field: 'timeZone', wanted: 'expected a time zone such as Europe/Luxembourg' };
  return undefined;
}

/** Why a text cannot be a store's handle, as the end of a sentence; undefined when it can. */
export function faultOfHandle(handle: string): string | undefined {
  if (!HANDLE.test(handle)) return 'expected 2 to 40 of a-z, 0-9 and -, without - at either end';
  if (handle.startsWith('xn--')) return 'expected plain letters, not punycode';
  if (RESERVED.has(handle)) return 'the platform keeps this name for itself';
  return undefined;
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
