import type { Spoken } from './shape.ts';

export type DemoArticle = {
  title: Spoken;
  excerpt: Spoken;
  /** Paragraphs. */
  text: readonly Spoken[];
  /** One of `scripts/demo/pictures`. */
  picture: string;
  author: string;
  tags: readonly string[];
  /** Days before today. */
  age: number;
};
export type DemoContent = {
  about: { title: Spoken; text: readonly Spoken[]; picture: string };
  blog: Spoken;
  articles: readonly DemoArticle[];
  company: Readonly<Record<'company' | 'address' | 'email' | 'phone' | 'representative', string>>;
};

const MAISON: DemoContent = {
  company: {
    company: 'Maison Our s.à r.l.',
    address: '4, Grand-Rue\nL-9410 Vianden\nLuxembourg',
    email: 'moien@maison-our.example',
    phone: '+352 00 00 00',
    representative: 'Claire Our',
  },
  about: {
    title: ['Our house', 'Notre maison', 'Unser Haus', 'Eist Haus'],
    picture: 'basket-linen',
    text: [
      [
        'Maison Our is a shop in the main street of Vianden, with a workbench in the back and a store room under the stairs.',
        'Maison Our est une boutique dans la grand-rue de Vianden, avec un établi au fond et une réserve sous l’escalier.',
        'Maison Our ist ein Laden in der Hauptstraße von Vianden, mit einer Werkbank hinten und einem Lager unter der Treppe.',
        'Maison Our ass e Buttek an der Haaptstrooss vu Veianen, mat enger Wierkbänk hannen an engem Lager ënner der Trap.',
      ],
      [
        'We know everybody whose things we sell. Most of them work within an hour of here; the potter comes by on Thursdays.',
        'Nous connaissons toutes les personnes dont nous vendons le travail. La plupart sont à moins d’une heure d’ici ; le potier passe le jeudi.',
        'Wir kennen alle, deren Sachen wir verkaufen. Die meisten arbeiten keine Stunde von hier; der Töpfer kommt donnerstags vorbei.',
        'Mir kennen all déi, vun deenen hir Saache mir verkafen. Déi meescht schaffe keng Stonn vun hei; den Eeler kënnt donneschdes laanscht.',
      ],
      [
        'What we send is packed in paper and straw. If something breaks on its way, write to us and we send another.',
        'Nos envois sont emballés dans du papier et de la paille. Si quelque chose casse en route, écrivez-nous et nous en renvoyons un.',
        'Was wir verschicken, ist in Papier und Stroh gepackt. Geht unterwegs etwas kaputt, schreiben Sie uns, und wir schicken ein neues.',
        'Wat mir verschécken, ass a Pabeier a Stréi gepackt. Wann ënnerwee eppes futti geet, schreift eis, a mir schécken en neit.',
      ],
    ],
  },
  blog: ['Journal', 'Carnet', 'Tagebuch', 'Tagebuch'],
  articles: [
    {
      title: [
        'How to season a wooden board',
        'Huiler une planche en bois',
        'Ein Holzbrett richtig ölen',
        'En Holzbriet richteg eelegen',
      ],
      excerpt: [
        'A spoon of oil, a cloth and one evening: that is all a board asks for, twice a year.',
        'Une cuillère d’huile, un chiffon et une soirée : une planche n’en demande pas plus, deux fois par an.',
        'Ein Löffel Öl, ein Tuch und ein Abend: Mehr will ein Brett nicht, zweimal im Jahr.',
        'E Läffel Ueleg, en Duch an en Owend: méi wëll e Briet net, zweemol am Joer.',
      ],
      text: [
        [
          'Wash the board with warm water and let it stand upright until it is dry. Never put it into the dishwasher: the heat splits the wood.',
          'Lavez la planche à l’eau tiède et laissez-la sécher debout. Jamais au lave-vaisselle : la chaleur fend le bois.',
          'Waschen Sie das Brett mit warmem Wasser und lassen Sie es aufrecht trocknen. Nie in die Spülmaschine: Die Hitze spaltet das Holz.',
          'Wäscht d’Briet mat waarmem Waasser a loosst et opriicht dréchnen. Ni an d’Spullmaschinn: d’Hëtzt spléckt d’Holz.',
        ],
        [
          'Rub in linseed or walnut oil along the grain, wait for half an hour, and take off what the wood did not drink.',
          'Frottez avec de l’huile de lin ou de noix dans le sens du fil, attendez une demi-heure et essuyez ce que le bois n’a pas bu.',
          'Reiben Sie Lein- oder Walnussöl in Richtung der Maserung ein, warten Sie eine halbe Stunde und nehmen Sie ab, was das Holz nicht getrunken hat.',
          'Reift Léngen- oder Nëssueleg an der Richtung vun der Maserung an, waart eng hallef Stonn an huelt of, wat d’Holz net gedronk huet.',
        ],
        [
          'Leave it overnight. In the morning it is darker, and water runs off it in drops.',
          'Laissez reposer une nuit. Le matin, elle est plus foncée et l’eau y perle.',
          'Über Nacht liegen lassen. Am Morgen ist es dunkler, und Wasser perlt ab.',
          'Iwwer Nuecht leie loossen. Moies ass et méi däischter, an d’Waasser leeft a Drëpsen of.',
        ],
      ],
      picture: 'board-linen',
      author: 'Claire',
      tags: ['Care', 'Kitchen'],
      age: 12,
    },
    {
      title: [
        'A morning with the bees above Bivels',
        'Un matin chez les abeilles, au-dessus de Bivels',
        'Ein Morgen bei den Bienen über Bivels',
        'E Moien bei de Beien iwwer Biwels',
      ],
      excerpt: [
        'Twenty hives on a slope over the Our, and a beekeeper who whistles while he works.',
        'Vingt ruches sur une pente au-dessus de l’Our, et un apiculteur qui siffle en travaillant.',
        'Zwanzig Stöcke an einem Hang über der Our, und ein Imker, der beim Arbeiten pfeift.',
        'Zwanzeg Beiestäck um Hang iwwer der Our, an e Beiemann, dee beim Schaffe päift.',
      ],
      text: [
        [
          'The sun comes late over the hill, so the bees begin late. That leaves time for coffee and for the story of the year it snowed in May.',
          'Le soleil passe tard la colline, les abeilles commencent donc tard. Cela laisse le temps d’un café, et de l’histoire de l’année où il neigea en mai.',
          'Die Sonne kommt spät über den Hügel, also fangen die Bienen spät an. Es bleibt Zeit für Kaffee und für die Geschichte von dem Jahr, in dem es im Mai schneite.',
          'D’Sonn kënnt spéit iwwer den Hiwwel, also fänken d’Beie spéit un. Et bleift Zäit fir Kaffi a fir d’Geschicht vum Joer, wou et am Mee geschneit huet.',
        ],
        [
          'Summer honey is taken once, in July. What the bees need for the winter stays with them.',
          'Le miel d’été se récolte une fois, en juillet. Ce qu’il faut aux abeilles pour l’hiver leur reste.',
          'Sommerhonig wird einmal geerntet, im Juli. Was die Bienen für den Winter brauchen, bleibt bei ihnen.',
          'Summerhunneg gëtt eemol geholl, am Juli. Wat d’Beie fir de Wanter brauchen, bleift bei hinnen.',
        ],
      ],
      picture: 'jar-honey',
      author: 'Jos',
      tags: ['People', 'Pantry'],
      age: 40,
    },
  ],
};

const ATELIER: DemoContent = {
  company: {
    company: 'Atelier Rout',
    address: '11, rue du Fossé\nL-1536 Luxembourg\nLuxembourg',
    email: 'bonjour@atelier-rout.example',
    phone: '+352 00 00 01',
    representative: 'Mila Rout',
  },
  about: {
    title: ['The workshop', 'L’atelier', 'Die Werkstatt', 'Den Atelier'],
    picture: 'print-plum',
    text: [
      [
        'One press from 1961, two tables, a window to the north, and a cat who sleeps on the blotting paper.',
        'Une presse de 1961, deux tables, une fenêtre au nord, et un chat qui dort sur le buvard.',
        'Eine Presse von 1961, zwei Tische, ein Fenster nach Norden und eine Katze, die auf dem Löschpapier schläft.',
        'Eng Press vun 1961, zwee Dëscher, eng Fënster no Norden an eng Kaz, déi um Läschpabeier schléift.',
      ],
      [
        'Every sheet is printed by hand and numbered. When an edition is sold, the block is cut through.',
        'Chaque feuille est tirée à la main et numérotée. Quand un tirage est vendu, la planche est barrée.',
        'Jedes Blatt ist von Hand gedruckt und nummeriert. Ist eine Auflage verkauft, wird der Stock zerschnitten.',
        'All Blat ass vun der Hand gedréckt an nummeréiert. Wann eng Oplo verkaaft ass, gëtt de Stack duerchgeschnidden.',
      ],
    ],
  },
  blog: ['From the press', 'Sous la presse', 'Aus der Presse', 'Aus der Press'],
  articles: [
    {
      title: [
        'Three colours, three days',
        'Trois couleurs, trois jours',
        'Drei Farben, drei Tage',
        'Dräi Faarwen, dräi Deeg',
      ],
      excerpt: [
        'Why a print that looks quick is not.',
        'Pourquoi un tirage qui a l’air rapide ne l’est pas.',
        'Warum ein Druck, der schnell aussieht, es nicht ist.',
        'Firwat en Drock, dee séier ausgesäit, et net ass.',
      ],
      text: [
        [
          'Yellow first, because it forgives. It dries for a night, and the paper shrinks a little while nobody looks.',
          'Le jaune d’abord, parce qu’il pardonne. Il sèche une nuit, et le papier rétrécit un peu sans qu’on le voie.',
          'Gelb zuerst, weil es verzeiht. Es trocknet über Nacht, und das Papier schrumpft ein wenig, wenn keiner hinsieht.',
          'Giel fir d’éischt, well et verzeit. Et dréchent eng Nuecht, an d’Pabeier schrumpft e bëssen, wa kee kuckt.',
        ],
        [
          'Then red, then blue, each a hair beside the other. That hair is what makes it look alive.',
          'Puis le rouge, puis le bleu, chacun à un cheveu de l’autre. C’est ce cheveu qui lui donne vie.',
          'Dann Rot, dann Blau, jedes um ein Haar daneben. Dieses Haar macht es lebendig.',
          'Dono Rout, dono Blo, all Faarf en Hoer niewendrun. Dat Hoer mécht et lieweg.',
        ],
      ],
      picture: 'print-dusk',
      author: 'Mila',
      tags: ['Printing'],
      age: 20,
    },
    {
      title: ['How to hang a print', 'Accrocher un tirage', 'Einen Druck aufhängen', 'En Drock ophänken'],
      excerpt: [
        'At the height of the eyes, away from the sun, and with one nail.',
        'À hauteur des yeux, loin du soleil, et avec un seul clou.',
        'Auf Augenhöhe, fern der Sonne und mit einem Nagel.',
        'Op Aenhéicht, wäit vun der Sonn a mat engem Neel.',
      ],
      text: [
        [
          'Light from the side shows the relief of the ink; sunlight eats it. A wall beside a window is better than one across from it.',
          'La lumière de côté montre le relief de l’encre ; le soleil la mange. Un mur à côté d’une fenêtre vaut mieux qu’un mur en face.',
          'Licht von der Seite zeigt das Relief der Farbe; Sonne frisst sie. Eine Wand neben dem Fenster ist besser als eine gegenüber.',
          'Luucht vun der Säit weist de Relief vun der Faarf; d’Sonn frësst se. Eng Mauer nieft der Fënster ass besser wéi eng vis-à-vis.',
        ],
      ],
      picture: 'print-moss',
      author: 'Mila',
      tags: ['Care'],
      age: 65,
    },
  ],
};

/** What the demo shops say besides their goods, by the handle of the shop. */
export const CONTENTS: Readonly<Record<string, DemoContent>> = { demo: MAISON, atelier: ATELIER };

/** Words of the menus. */
export const MENU_WORDS = {
  main: ['Main menu', 'Menu principal', 'Hauptmenü', 'Haaptmenü'],
  footer: ['Footer', 'Pied de page', 'Fußzeile', 'Fousszeil'],
  shop: ['Shop', 'Boutique', 'Laden', 'Buttek'],
  all: ['Everything', 'Tout', 'Alles', 'Alles'],
  contact: ['Contact', 'Contact', 'Kontakt', 'Kontakt'],
  search: ['Search', 'Recherche', 'Suche', 'Sichen'],
  questions: ['Questions', 'Questions', 'Fragen', 'Froen'],
  shipping: ['Shipping', 'Livraison', 'Versand', 'Liwwerung'],
  returns: ['Returns', 'Retours', 'Rücksendung', 'Retouren'],
  privacy: ['Privacy', 'Données', 'Datenschutz', 'Dateschutz'],
  terms: ['Terms', 'Conditions', 'AGB', 'Bedéngungen'],
  notice: ['Legal notice', 'Mentions légales', 'Impressum', 'Legal Informatiounen'],
} as const satisfies Record<string, Spoken>;
