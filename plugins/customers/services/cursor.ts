/** Where a page ended. The time is the database's own text: a Date would lose its microseconds. */
export type Cursor = { at: string; id: number };

/** A cursor as clients pass it on. */
export function writeCursor({ at, id }: Cursor): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** @returns undefined for none, and for what is no cursor: the list begins anew then */
export function readCursor(text: string | undefined): Cursor | undefined {
  if (!text) return undefined;
  try {
    const [at, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [string, number];
    const isCursor = typeof at === 'string' && !Number.isNaN(Date.parse(at)) && Number.isSafeInteger(id);
    return isCursor ? { at, id } : undefined;
  } catch {
    return undefined;
  }
}
