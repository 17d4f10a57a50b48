import type { PostalAddress } from 'kontor/sdk';

const FIRST =
  'Léa Tom Nora Luc Anne Marc Sarah Ben Julie Paul Mia Kim Lisa Max Eva Jang Claire Pol Elise Nico Maria João Inês Noah Carole Yves'.split(
    ' ',
  );
const LAST =
  'Weber Schmit Muller Hoffmann Wagner Kieffer Reuter Thill Ferreira Santos Klein Becker Lorang Dostert Meyers Faber Kremer Biver Steffen Hansen Pereira Da-Silva Majerus Schroeder'.split(
    ' ',
  );
const PLACES: readonly (readonly [street: string, postalCode: string, city: string, country: string])[] = [
  ['Rue de la Gare', 'L-4430', 'Belvaux', 'LU'],
  ['Grand-Rue', 'L-9410', 'Vianden', 'LU'],
  ['Rue du Moulin', 'L-6310', 'Beaufort', 'LU'],
  ['Avenue de la Liberté', 'L-1930', 'Luxembourg', 'LU'],
  ['Route de Longwy', 'L-8080', 'Bertrange', 'LU'],
  ['Rue des Prés', 'L-7333', 'Steinsel', 'LU'],
  ['An der Gaass', 'L-9970', 'Leithum', 'LU'],
  ['Rue Principale', 'L-5480', 'Wormeldange', 'LU'],
  ['Simeonstraße', '54290', 'Trier', 'DE'],
  ['Rue Serpenoise', '57000', 'Metz', 'FR'],
  ['Rue des Faubourgs', '6700', 'Arlon', 'BE'],
];

export type Person = { email: string; locale: string; address: PostalAddress };

/** People who never lived, at streets that are anywhere. The same number is the same person. */
export function personOf(number: number, random: () => number): Person {
  const firstName = FIRST[Math.floor(random() * FIRST.length)]!;
  const lastName = LAST[Math.floor(random() * LAST.length)]!;
  const [street, postalCode, city, country] = PLACES[Math.floor(random() * PLACES.length)]!;
  const plain = `${firstName}.${lastName}`
    .normalize('NFD')
    .replaceAll(/[^a-zA-Z.]/g, '')
    .toLowerCase();
  return {
    email: `${plain}${number}@example.com`,
    locale: country === 'DE' ? 'de' : ['fr', 'lb', 'en', 'de'][Math.floor(random() * 4)]!,
    address: {
      firstName,
      lastName,
      line1: `${street} ${1 + Math.floor(random() * 80)}`,
      postalCode,
      city,
      country,
    },
  };
}

/** Chance that is the same on every machine (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
