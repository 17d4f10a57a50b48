import { ATELIER } from './atelier.ts';
import { CELLAR } from './cellar.ts';
import { ATELIER_COLLECTIONS, type DemoCollection, MAISON_COLLECTIONS } from './collections.ts';
import { GREEN } from './green.ts';
import { HOME } from './home.ts';
import { PANTRY } from './pantry.ts';
import { PAPER } from './paper.ts';
import type { DemoProduct, Spoken } from './shape.ts';
import { TABLE } from './table.ts';

export type DemoShop = {
  handle: string;
  name: string;
  locale: string;
  accent: string;
  headline: Spoken;
  introduction: Spoken;
  products: readonly DemoProduct[];
  collections: readonly DemoCollection[];
  /** Orders of the last year. */
  orders: number;
};

export const SHOPS: readonly DemoShop[] = [
  {
    handle: 'demo',
    name: 'Maison Our',
    locale: 'en',
    accent: '#2f5d50',
    headline: [
      'Good things for the house and the table',
      'De bonnes choses pour la maison et la table',
      'Gute Dinge für Haus und Tisch',
      'Gutt Saache fir d’Haus an den Dësch',
    ],
    introduction: [
      'Stoneware, linen, wine and honey from small workshops in Luxembourg, sent from Vianden.',
      'Grès, lin, vin et miel de petits ateliers du Luxembourg, envoyés depuis Vianden.',
      'Steinzeug, Leinen, Wein und Honig aus kleinen Werkstätten in Luxemburg, verschickt aus Vianden.',
      'Steenzeg, Léngen, Wäin an Hunneg aus klengen Ateliere vu Lëtzebuerg, verschéckt vu Veianen aus.',
    ],
    products: [...TABLE, ...PANTRY, ...CELLAR, ...GREEN, ...HOME, ...PAPER],
    collections: MAISON_COLLECTIONS,
    orders: 200,
  },
  {
    handle: 'atelier',
    name: 'Atelier Rout',
    locale: 'fr',
    accent: '#7a2e3a',
    headline: [
      'Prints, light and paper',
      'Tirages, lumière et papier',
      'Drucke, Licht und Papier',
      'Drocker, Liicht a Pabeier',
    ],
    introduction: [
      'A workshop with one press, two tables and a cat.',
      'Un atelier avec une presse, deux tables et un chat.',
      'Eine Werkstatt mit einer Presse, zwei Tischen und einer Katze.',
      'En Atelier mat enger Press, zwee Dëscher an enger Kaz.',
    ],
    products: ATELIER,
    collections: ATELIER_COLLECTIONS,
    orders: 12,
  },
];
