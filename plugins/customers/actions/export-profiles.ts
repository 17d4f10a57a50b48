import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';
import type { Cradle, CustomerProfile } from 'kontor/sdk';
import { csvRow } from '../services/csv.ts';
import { listProfiles } from './list-profiles.ts';

const PAGE = 500;

const COLUMNS: readonly [
  name: string,
  of: (profile: CustomerProfile) => string | number | boolean | Date | null,
][] = [
  ['email', ({ email }) => email],
  ['first_name', ({ firstName }) => firstName],
  ['last_name', ({ lastName }) => lastName],
  ['company', ({ company }) => company],
  ['phone', ({ phone }) => phone],
  ['vat_number', ({ vatNumber }) => vatNumber],
  ['locale', ({ locale }) => locale],
  ['state', ({ state }) => state],
  ['group', ({ group }) => group],
  ['tags', ({ tags }) => tags.join(', ')],
  ['accepts_marketing', ({ acceptsMarketing }) => acceptsMarketing],
  ['orders', ({ orderCount }) => orderCount],
  ['spent_minor_units', ({ spentAmount }) => spentAmount],
  ['last_order_at', ({ lastOrderAt }) => lastOrderAt],
  ['created_at', ({ createdAt }) => createdAt],
  ['note', ({ note }) => note],
];

/** All profiles as CSV, page by page, so that a large store takes no more memory than a small one. */
export function exportProfiles(services: Pick<Cradle, 'database' | 'stores'>): Readable {
  // The stream is read after the handler has answered; each page is still asked for in the store of the request.
  const inRequest = AsyncLocalStorage.snapshot();
  return Readable.from(rows((cursor) => inRequest(() => listProfiles({ cursor, limit: PAGE }, services))));
}

async function* rows(page: (cursor: string) => ReturnType<typeof listProfiles>): AsyncGenerator<string> {
  yield csvRow(COLUMNS.map(([name]) => name));
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { profiles, next } = await page(cursor);
    yield profiles.map((profile) => csvRow(COLUMNS.map(([, of]) => of(profile)))).join('');
    cursor = next;
  }
}
