import type { Cradle } from 'kontor/sdk';

/** What a store tells of itself, as its settings have it. */
export type ContentSettings = {
  company: string;
  address: string;
  email: string;
  phone: string;
  representative: string;
  register: string;
  permit: string;
  vatNumber: string;
  linksInComment: number;
  revision: string;
  defaultsRevision: string;
};
export type Facts = Readonly<Record<string, string>>;

/** The places that a page may have, as `{{ company.email }}`, with what the store fills in. */
export async function factsOf({
  platform,
  settings,
  stores,
}: Pick<Cradle, 'platform' | 'settings' | 'stores'>): Promise<Facts> {
  const store = stores.current();
  const own = await settings.get<ContentSettings>();
  return {
    'store.name': escaped(store.name),
    'store.url': escaped(platform.storeOrigin(store)),
    'company.name': escaped(own.company || store.name),
    'company.address': escaped(own.address.trim()).replaceAll('\n', '<br>'),
    'company.email': escaped(own.email),
    'company.phone': escaped(own.phone),
    'company.representative': escaped(own.representative),
    'company.register': escaped(own.register),
    'company.permit': escaped(own.permit),
    'company.vat_number': escaped(own.vatNumber),
  };
}

/** Names of the places. */
export const PLACES = [
  ...['store.name', 'store.url', 'company.name', 'company.address', 'company.email', 'company.phone'],
  ...['company.representative', 'company.register', 'company.permit', 'company.vat_number'],
];

/**
 * Fills the places of an HTML text with a store's data. What stands in `[[ ]]` with a place in it is left out where the store
 * says nothing of it. Nothing else is looked at: this is no template language.
 */
export function fillIn(html: string, facts: Facts): string {
  if (!html.includes('{{')) return html;
  return html
    .replace(PART, (whole, part: string) => (isFilled(part, facts) ? part : hasPlace(part) ? '' : whole))
    .replace(PLACE, (whole, name: string) => (Object.hasOwn(facts, name) ? facts[name]! : whole));
}

const PLACE = /\{\{ ?([a-z_.]{1,40}) ?\}\}/g;
const PART = /\[\[((?:[^[\]]|\[(?!\[)|\](?!\]))*)\]\]/g;

function isFilled(part: string, facts: Facts): boolean {
  const names = [...part.matchAll(PLACE)].map(([, name]) => name!);
  return names.length > 0 && names.every((name) => facts[name]);
}

function hasPlace(part: string): boolean {
  return [...part.matchAll(PLACE)].some(([, name]) => PLACES.includes(name!));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
