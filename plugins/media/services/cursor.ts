/** Where a page of a list ended: the value it is sorted by, and the id. */
export type Cursor = { readonly value: string; readonly id: number };

/** A cursor as clients pass it on. */
export function writeCursor({ value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url');
}

/** @returns undefined for none, and for what is no cursor: the list begins anew then */
export function readCursor(text: string | undefined): Cursor | undefined {
  if (!text) return undefined;
  try {
    const [value, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [unknown, unknown];
    return typeof value === 'string' && Number.isSafeInteger(id) ? { value, id: id as number } : undefined;
  } catch {
    return undefined;
  }
}
