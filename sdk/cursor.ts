/** Where a page of a list ended: the value it is sorted by, as text, and the id. */
export type Cursor = { readonly value: string; readonly id: number };

/**
 * A cursor as clients pass it on. A time is the database's own text in it: a Date would lose its microseconds.
 *
 * @example writeCursor({ value: row.placed_at_text, id: row.id })
 */
export function writeCursor({ value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url');
}

/**
 * Reads what `writeCursor` wrote.
 *
 * @param isTime - whether the value must be a time
 * @returns undefined for none, and for what is no cursor: the list begins anew then
 */
export function readCursor(text: string | undefined, { isTime = false } = {}): Cursor | undefined {
  if (!text) return undefined;
  try {
    const [value, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [unknown, unknown];
    const isValue = typeof value === 'string' && (isTime ? isMoment(value) : isKept(value));
    return isValue && Number.isSafeInteger(id) ? { value, id: id as number } : undefined;
  } catch {
    return undefined;
  }
}

const MOMENT = /^(?!0000)(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d{1,6})?[+-](0\d|1[0-4])(:[0-5]\d)?$/;

/** As the database writes one: to JavaScript the thirty-first of February is a day, to the database it is a fault. */
function isMoment(text: string): boolean {
  const [, day, time] = MOMENT.exec(text) ?? [];
  const local = new Date(`${day}T${time}Z`);
  return !Number.isNaN(local.getTime()) && local.toISOString().startsWith(`${day}T${time}`);
}

/** No database keeps a NUL, or half a letter. */
function isKept(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
