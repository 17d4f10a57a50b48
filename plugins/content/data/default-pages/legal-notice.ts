import { BY_MAIL, type DefaultPage } from './shape.ts';

/** What directive 2000/31/EC, article 5, asks a shop to say of itself. */
export const legalNotice: DefaultPage = {
  en: {
    title: 'Legal notice',
    body: `<p>This shop is run by</p>
<address>{{ company.name }}[[<br>{{ company.address }}]]</address>
[[<p>Represented by: {{ company.representative }}</p>]]
[[<p>E-mail: ${BY_MAIL}</p>]]
[[<p>Telephone: {{ company.phone }}</p>]]
[[<p>Register of companies: {{ company.register }}</p>]]
[[<p>Business permit: {{ company.permit }}</p>]]
[[<p>VAT number: {{ company.vat_number }}</p>]]`,
  },
  fr: {
    title: 'Mentions légales',
    body: `<p>Cette boutique est exploitée par</p>
<address>{{ company.name }}[[<br>{{ company.address }}]]</address>
[[<p>Représentée par : {{ company.representative }}</p>]]
[[<p>E-mail : ${BY_MAIL}</p>]]
[[<p>Téléphone : {{ company.phone }}</p>]]
[[<p>Registre de commerce : {{ company.register }}</p>]]
[[<p>Autorisation d’établissement : {{ company.permit }}</p>]]
[[<p>Numéro de TVA : {{ company.vat_number }}</p>]]`,
  },
  de: {
    title: 'Impressum',
    body: `<p>Dieser Shop wird betrieben von</p>
<address>{{ company.name }}[[<br>{{ company.address }}]]</address>
[[<p>Vertreten durch: {{ company.representative }}</p>]]
[[<p>E-Mail: ${BY_MAIL}</p>]]
[[<p>Telefon: {{ company.phone }}</p>]]
[[<p>Handelsregister: {{ company.register }}</p>]]
[[<p>Niederlassungsgenehmigung: {{ company.permit }}</p>]]
[[<p>Umsatzsteuer-Identifikationsnummer: {{ company.vat_number }}</p>]]`,
  },
  lb: {
    title: 'Legal Informatiounen',
    body: `<p>Dëse Buttek gëtt bedriwwe vun</p>
<address>{{ company.name }}[[<br>{{ company.address }}]]</address>
[[<p>Vertrueden duerch: {{ company.representative }}</p>]]
[[<p>E-Mail: ${BY_MAIL}</p>]]
[[<p>Telefon: {{ company.phone }}</p>]]
[[<p>Handelsregëster: {{ company.register }}</p>]]
[[<p>Etablissementsgeneemegung: {{ company.permit }}</p>]]
[[<p>TVA-Nummer: {{ company.vat_number }}</p>]]`,
  },
};
