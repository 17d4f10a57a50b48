import { type Refused, refused } from 'kontor/sdk';

/** The refusal of a change that was made from an old version, with who was faster; nothing when it was not. */
export function changedFrom(
  known: { version: number; changedBy: string; changedAt: Date },
  version: number | undefined,
): Refused<'changed'> | undefined {
  if (version === undefined || version === known.version) return undefined;
  return refused('changed', {
    version: known.version,
    by: known.changedBy,
    at: known.changedAt.toISOString(),
  });
}
