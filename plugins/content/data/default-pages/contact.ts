import { BY_MAIL, type DefaultPage } from './shape.ts';

export const contact: DefaultPage = {
  en: {
    title: 'Contact',
    body: `<p>Write to us; we answer as soon as we can. If it is about an order, tell us its number.</p>
<address>{{ company.name }}[[<br>{{ company.address }}]]</address>
[[<p>E-mail: ${BY_MAIL}</p>]]
[[<p>Telephone: {{ company.phone }}</p>]]`,
  },
  fr: {
    title: 'Contact',
    body: `<p>Écrivez-nous ; nous répondons dès que possible. S’il s’agit d’une commande, indiquez son numéro.</p>
<address>{{ company.name }}[[<br>{{ company.address }}]]</address>
[[<p>E-mail : ${BY_MAIL}</p>]]
[[<p>Téléphone : {{ company.phone }}</p>]]`,
  },
  de: {
    title: 'Kontakt',
    body: `<p>Schreiben Sie uns; wir antworten so bald wie möglich. Geht es um eine Bestellung, nennen Sie bitte ihre Nummer.</p>
<address>{{ company.name }}[[<br>{{ company.address }}]]</address>
[[<p>E-Mail: ${BY_MAIL}</p>]]
[[<p>Telefon: {{ company.phone }}</p>]]`,
  },
  lb: {
    title: 'Kontakt',
    body: `<p>Schreift eis; mir äntweren esou séier wéi méiglech. Wann et ëm eng Bestellung geet, gitt w.e.g. hir Nummer un.</p>
<address>{{ company.name }}[[<br>{{ company.address }}]]</address>
[[<p>E-Mail: ${BY_MAIL}</p>]]
[[<p>Telefon: {{ company.phone }}</p>]]`,
  },
};
