import type { ListingQuery } from '../data/wants.ts';
import type { Page } from '../page.ts';

/** How the address wants a list sorted. */
export function sortOf({ asked }: Page, fallback = 'manual'): string {
  const wanted = asked.query.get('sort_by') ?? '';
  return /^[a-z-]{1,40}$/.test(wanted) ? wanted : fallback;
}

/** What the address has chosen: `filter.p.vendor=Acme`, `filter.v.option.size=M`, `filter.v.price.gte=10`. */
export function narrowedBy(page: Page): Pick<ListingQuery, 'facets' | 'minAmount' | 'maxAmount'> {
  const facets: Record<string, string[]> = {};
  let minAmount: number | undefined;
  let maxAmount: number | undefined;
  for (const [name, value] of page.asked.query) {
    if (value === '' || value.length > 255) continue;
    const facet = facetOf(name);
    if (facet !== undefined) facets[facet] = [...(facets[facet] ?? []), value];
    else if (name === 'filter.v.price.gte') minAmount = minorUnits(value, page);
    else if (name === 'filter.v.price.lte') maxAmount = minorUnits(value, page);
  }
  return {
    facets,
    ...(minAmount !== undefined && { minAmount }),
    ...(maxAmount !== undefined && { maxAmount }),
  };
}

/** The name of a facet in addresses; the search knows it by another. */
export function paramOf(facet: string): string {
  const known = Object.entries(PARAMS).find(([, name]) => name === facet)?.[0];
  return known ?? `filter.v.option.${facet.slice('option.'.length).toLowerCase()}`;
}

const PARAMS: Readonly<Record<string, string>> = {
  'filter.p.vendor': 'vendor',
  'filter.p.product_type': 'type',
  'filter.p.tag': 'tag',
};

/** An option is written small in addresses, and as it is called in the search: with a capital, mostly. */
function facetOf(name: string): string | undefined {
  if (Object.hasOwn(PARAMS, name)) return PARAMS[name];
  const option = /^filter\.v\.option\.(.{1,100})$/.exec(name)?.[1];
  return option && `option.${option.charAt(0).toUpperCase()}${option.slice(1)}`;
}

function minorUnits(text: string, { store }: Page): number | undefined {
  const amount = Number(text.replace(',', '.'));
  const digits = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: store.currency,
  }).resolvedOptions();
  const minor = Math.round(amount * 10 ** (digits.maximumFractionDigits ?? 2));
  return text.length <= 12 && Number.isSafeInteger(minor) && minor >= 0 ? minor : undefined;
}
