import type { CollectionRule } from 'kontor/sdk';
import type { Spoken } from './shape.ts';

export type DemoCollection = {
  handle: string;
  title: Spoken;
  text: Spoken;
  /** The product whose picture it shows. */
  picture: string;
  rules?: readonly CollectionRule[];
};

export const MAISON_COLLECTIONS: readonly DemoCollection[] = [
  {
    handle: 'table',
    picture: 'stoneware-plate',
    title: ['Table & kitchen', 'Table et cuisine', 'Tisch & Küche', 'Dësch & Kichen'],
    text: [
      'Stoneware, wood and glass for every day, made to be used and to be mended.',
      'Grès, bois et verre pour tous les jours, faits pour servir et pour durer.',
      'Steinzeug, Holz und Glas für jeden Tag, gemacht zum Benutzen und Behalten.',
      'Steenzeg, Holz a Glas fir all Dag, gemaach fir ze benotzen an ze halen.',
    ],
  },
  {
    handle: 'pantry',
    picture: 'summer-honey',
    title: ['Pantry', 'Épicerie', 'Vorratskammer', 'Späicherkummer'],
    text: [
      'Honey, jam, mustard and more from small houses between Our and Mosel.',
      'Miel, confitures, moutarde et plus, de petites maisons entre Our et Moselle.',
      'Honig, Marmelade, Senf und mehr aus kleinen Häusern zwischen Our und Mosel.',
      'Hunneg, Gebeess, Moschter a méi aus klengen Haiser tëscht Our a Musel.',
    ],
  },
  {
    handle: 'cellar',
    picture: 'riesling',
    title: ['Cellar', 'Cave', 'Keller', 'Keller'],
    text: [
      'Wine from steep slopes, cider from old orchards, and what goes with them.',
      'Vins de coteaux, cidres de vieux vergers, et ce qui les accompagne.',
      'Wein von steilen Hängen, Viez aus alten Obstgärten, und was dazu passt.',
      'Wäin aus de Wéngerten, Viz aus ale Bongerten, a wat derbäi passt.',
    ],
  },
  {
    handle: 'green',
    picture: 'rubber-plant',
    title: ['Plants & flowers', 'Plantes et fleurs', 'Pflanzen & Blumen', 'Planzen & Blummen'],
    text: [
      'Green things that forgive, and bouquets tied on the day they leave.',
      'Des plantes qui pardonnent, et des bouquets noués le jour du départ.',
      'Grünes, das verzeiht, und Sträuße, gebunden am Tag der Lieferung.',
      'Gréngs, dat verzeit, a Bouqueten, gebonne wann se fortginn.',
    ],
  },
  {
    handle: 'home',
    picture: 'stripe-cushion',
    title: ['Textiles & home', 'Textiles et maison', 'Textilien & Zuhause', 'Stoff & Doheem'],
    text: [
      'Wool, linen and light for the hours at home.',
      'Laine, lin et lumière pour les heures à la maison.',
      'Wolle, Leinen und Licht für die Stunden zu Hause.',
      'Woll, Léngen a Liicht fir d’Stonnen doheem.',
    ],
  },
  {
    handle: 'paper',
    picture: 'field-notebook',
    title: ['Books & paper', 'Livres et papier', 'Bücher & Papier', 'Bicher & Pabeier'],
    text: [
      'Notebooks, prints, and books about this small country.',
      'Carnets, tirages, et des livres sur ce petit pays.',
      'Notizbücher, Drucke und Bücher über dieses kleine Land.',
      'Notizbicher, Drock a Bicher iwwer dëst klengt Land.',
    ],
  },
  {
    handle: 'under-30',
    picture: 'almond-chocolate',
    title: [
      'Gifts under €30',
      'Cadeaux à moins de 30 €',
      'Geschenke unter 30 €',
      'Cadeaue fir manner wéi 30 €',
    ],
    text: [
      'Small things that say a lot.',
      'De petites choses qui en disent long.',
      'Kleine Dinge, die viel sagen.',
      'Kleng Saachen, déi vill soen.',
    ],
    rules: [{ field: 'amount', relation: 'below', value: '3000' }],
  },
  {
    handle: 'sale',
    picture: 'wool-scarf',
    title: ['Last pieces', 'Dernières pièces', 'Letzte Stücke', 'Lescht Stécker'],
    text: [
      'Reduced, and when they are gone they are gone.',
      'À prix réduit, jusqu’à épuisement.',
      'Reduziert, und was weg ist, ist weg.',
      'Reduzéiert, a wat fort ass, ass fort.',
    ],
    rules: [{ field: 'compareAt', relation: 'isSet', value: '' }],
  },
];

export const ATELIER_COLLECTIONS: readonly DemoCollection[] = [
  {
    handle: 'prints',
    picture: 'ridge',
    title: ['Prints', 'Tirages', 'Drucke', 'Drocker'],
    text: ['Numbered by hand.', 'Numérotés à la main.', 'Von Hand nummeriert.', 'Vun der Hand nummeréiert.'],
  },
  {
    handle: 'light',
    picture: 'studio-lamp',
    title: ['Light', 'Lumière', 'Licht', 'Liicht'],
    text: [
      'Lamps for work.',
      'Des lampes pour travailler.',
      'Lampen zum Arbeiten.',
      'Lampe fir ze schaffen.',
    ],
  },
  {
    handle: 'paper',
    picture: 'sketchbook',
    title: ['Paper', 'Papier', 'Papier', 'Pabeier'],
    text: [
      'Books and blank pages.',
      'Livres et pages blanches.',
      'Bücher und leere Seiten.',
      'Bicher an eidel Säiten.',
    ],
  },
];
