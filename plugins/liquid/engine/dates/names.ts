const MOST = 500;
const kept = new Map<string, Intl.DateTimeFormat>();

/** A month or day as it is called in a language. */
export function nameOf(
  what: 'month' | 'weekday',
  length: 'long' | 'short',
  wall: Date,
  locale: string,
): string {
  const key = `${what} ${length} ${locale}`;
  const format = kept.get(key) ?? formatOf(what, length, locale);
  if (kept.size < MOST) kept.set(key, format);
  // Beside a day, as some languages have two forms: `4 марта`, not `4 март`.
  return format.formatToParts(wall).find(({ type }) => type === what)?.value ?? '';
}

function formatOf(what: 'month' | 'weekday', length: 'long' | 'short', locale: string): Intl.DateTimeFormat {
  const options = { [what]: length, day: 'numeric', timeZone: 'UTC' } as const;
  try {
    return new Intl.DateTimeFormat(locale, options);
  } catch {
    return new Intl.DateTimeFormat('en', options);
  }
}
