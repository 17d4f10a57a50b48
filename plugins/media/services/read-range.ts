import type { RouteRequest } from 'kontor/sdk';

/**
 * The part of a file that is asked for. Several parts at once, and what cannot be read, count as all of it, as the standard
 * allows.
 *
 * @returns `outside` for a part that the file does not have
 */
export function readRange(
  headers: RouteRequest['headers'],
  { bytes, etag }: { bytes: number; etag: string },
): { start: number; end: number } | 'outside' | undefined {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(String(headers.range ?? '')) ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  const ifRange = headers['if-range'];
  if (ifRange !== undefined && ifRange !== etag) return undefined;
  const last = bytes - 1;
  const start = from === '' ? Math.max(0, bytes - Number(to)) : Number(from);
  const end = from === '' || to === '' ? last : Math.min(Number(to), last);
  return start > end || (from === '' && Number(to) === 0) ? 'outside' : { start, end };
}
