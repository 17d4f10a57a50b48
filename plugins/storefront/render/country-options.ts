/** `<option>` of all countries that are delivered to from Europe, by their names in a language. */
export function countryOptions(locale: string): string {
  const known = made.get(locale);
  if (known) return known;
  const names = new Intl.DisplayNames([locale, 'en'], { type: 'region' });
  const sorted = COUNTRIES.map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) =>
    a.name.localeCompare(b.name, locale),
  );
  // Themes read `data-provinces`; an address of ours has its region as text.
  const options = sorted.map(
    ({ code, name }) =>
      `<option value="${code}" data-provinces="[]">${name.replaceAll('&', '&amp;')}</option>`,
  );
  const text = options.join('\n');
  made.set(locale, text);
  return text;
}

const COUNTRIES =
  'AD AL AT BA BE BG CA CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE JP LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM TR UA US VA XK'.split(
    ' ',
  );
const made = new Map<string, string>();
