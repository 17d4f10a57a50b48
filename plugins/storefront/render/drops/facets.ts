import type { LiquidDrop } from 'kontor/sdk';
import { type Facets, listingKey, type ListingQuery } from '../data/wants.ts';
import type { Page } from '../page.ts';
import { defineDrop, none } from './drop.ts';
import { cents } from './money.ts';
import { paramOf } from './narrowed.ts';

type Filter = {
  readonly page: Page;
  readonly param: string;
  readonly label: string;
  readonly type: 'list' | 'price_range';
  readonly values: readonly FilterValue[];
  readonly range:
    | { readonly min: number | null; readonly max: number | null; readonly top: number }
    | undefined;
};
type FilterValue = {
  readonly page: Page;
  readonly param: string;
  readonly value: string;
  readonly count: number;
  readonly isActive: boolean;
};

/** What may be chosen in a list; undefined while that is not loaded. */
export function filtersOf(page: Page, query: ListingQuery): LiquidDrop[] | undefined {
  const found = page.wants.get('facets', listingKey({ ...query, page: 1, size: 1, sort: 'manual' }));
  if (found === undefined) return undefined;
  if (found === null) return [];
  return [...pricesOf(page, query, found), ...listsOf(page, query, found)].map((filter) =>
    filterDrop(filter),
  );
}

function pricesOf(page: Page, query: ListingQuery, { priceRange }: Facets): Filter[] {
  if (!priceRange || (priceRange.minAmount === priceRange.maxAmount && query.minAmount === undefined))
    return [];
  const { currency } = page.store;
  const inCents = (amount: number | undefined) => (amount === undefined ? null : cents(amount, currency));
  const range = {
    min: inCents(query.minAmount),
    max: inCents(query.maxAmount),
    top: cents(priceRange.maxAmount, currency),
  };
  return [
    { page, param: 'filter.v.price', label: page.say('facet.price'), type: 'price_range', values: [], range },
  ];
}

function listsOf(page: Page, query: ListingQuery, { facets }: Facets): Filter[] {
  return facets.flatMap(({ name, values }) => {
    if (values.length === 0) return [];
    const param = paramOf(name);
    const active = query.facets[name] ?? [];
    const label = name.startsWith('option.') ? name.slice('option.'.length) : page.say(`facet.${name}`);
    const shown = values.map(({ value, count }) => ({
      page,
      param,
      value,
      count,
      isActive: active.includes(value),
    }));
    return [{ page, param, label, type: 'list' as const, values: shown, range: undefined }];
  });
}

export const filterDrop = defineDrop<Filter>('filter', {
  label: ({ label }) => label,
  param_name: ({ param }) => param,
  type: ({ type }) => type,
  operator: () => 'OR',
  presentation: () => 'text',
  values: ({ values }) => values.map((value) => filterValueDrop(value)),
  active_values: ({ values }) =>
    values.filter(({ isActive }) => isActive).map((value) => filterValueDrop(value)),
  inactive_values: ({ values }) =>
    values.filter(({ isActive }) => !isActive).map((value) => filterValueDrop(value)),
  min_value: ({ range, param }) => range && filterRangeDrop({ param: `${param}.gte`, value: range.min }),
  max_value: ({ range, param }) => range && filterRangeDrop({ param: `${param}.lte`, value: range.max }),
  range_max: ({ range }) => range?.top ?? null,
  url_to_remove: ({ page, param }) => address(page, (name) => name === param || name.startsWith(`${param}.`)),
  true_value: none,
  false_value: none,
});

export const filterValueDrop = defineDrop<FilterValue>(
  'filter_value',
  {
    label: ({ value }) => value,
    value: ({ value }) => value,
    param_name: ({ param }) => param,
    count: ({ count }) => count,
    active: ({ isActive }) => isActive,
    url_to_add: ({ page, param, value }) => address(page, () => false, [param, value]),
    url_to_remove: ({ page, param, value }) => address(page, (name, one) => name === param && one === value),
    display: none,
    swatch: none,
    image: none,
  },
  { text: ({ value }) => value },
);

const filterRangeDrop = defineDrop<{ param: string; value: number | null }>('filter_range', {
  param_name: ({ param }) => param,
  value: ({ value }) => value,
});

/** This page with something taken out of its address or put into it; from its first page on. */
function address(
  { asked }: Page,
  isLeftOut: (name: string, value: string) => boolean,
  more?: readonly [string, string],
): string {
  const kept = [...asked.query].filter(
    ([name, value]) => !['page', 'section_id', 'sections'].includes(name) && !isLeftOut(name, value),
  );
  const text = String(new URLSearchParams(more ? [...kept, [...more]] : kept));
  return text ? `${asked.path}?${text}` : asked.path;
}
