import { refused } from 'kontor/sdk';

/** For somebody who would write over a change they have not seen: whose it was, and when. */
export function changed(row: { version: number; updatedBy: string; updatedAt: Date }) {
  return refused('changed', { version: row.version, by: row.updatedBy, at: row.updatedAt });
}
