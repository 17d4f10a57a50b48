import { BY_MAIL, type DefaultPage } from './shape.ts';

export const about: DefaultPage = {
  en: {
    title: 'About us',
    body: `<p>Welcome to {{ store.name }}. This is an online shop of {{ company.name }}.</p>
<p>What we sell, what it costs and whether it can be had now, you see with each product. Orders are packed and sent by us, and questions are answered by us.</p>
[[<p>Write to us: ${BY_MAIL}</p>]]`,
  },
  fr: {
    title: 'À propos',
    body: `<p>Bienvenue chez {{ store.name }}. Cette boutique en ligne est tenue par {{ company.name }}.</p>
<p>Chaque fiche indique le prix de l’article et s’il est disponible. C’est nous qui préparons et expédions les commandes, et c’est nous qui répondons à vos questions.</p>
[[<p>Écrivez-nous : ${BY_MAIL}</p>]]`,
  },
  de: {
    title: 'Über uns',
    body: `<p>Willkommen bei {{ store.name }}. Dies ist ein Onlineshop von {{ company.name }}.</p>
<p>Was wir verkaufen, was es kostet und ob es gerade zu haben ist, steht bei jedem Produkt. Wir packen und verschicken selbst, und Fragen beantworten wir selbst.</p>
[[<p>Schreiben Sie uns: ${BY_MAIL}</p>]]`,
  },
  lb: {
    title: 'Iwwer eis',
    body: `<p>Wëllkomm bei {{ store.name }}. Dëst ass en Onlinebuttek vun {{ company.name }}.</p>
<p>Wat mir verkafen, wat et kascht a wat grad do ass, steet bei all Produit. Mir paken a verschécken d’Bestellunge selwer, a mir äntweren och selwer op Är Froen.</p>
[[<p>Schreift eis: ${BY_MAIL}</p>]]`,
  },
};
