import { BY_MAIL, type DefaultPage } from './shape.ts';

export const privacy: DefaultPage = {
  en: {
    title: 'Privacy',
    body: `<p>Responsible for your data in this shop:</p>
<address>{{ company.name }}[[<br>{{ company.address }}]][[<br>${BY_MAIL}]]</address>
<h2>What we keep, and why</h2>
<ul>
<li>When you order: name, addresses, e-mail, what you bought and how it was paid, to fulfil the contract with you and to keep our books as the law asks.</li>
<li>When you have an account: the same, and your password as a hash that nobody can read back.</li>
<li>When you write to us: what you write, to answer you. Messages of the contact form are removed after twelve months.</li>
<li>When you visit: what a server needs to answer, such as your address on the internet, to deliver the pages and to fend off abuse.</li>
</ul>
<h2>Cookies</h2>
<p>This shop sets the cookies that it needs to work: for the cart, the sign-in and the language.</p>
<h2>Who else sees data</h2>
<p>Those who help us to fulfil your order, each only what is needed for it: payment providers, carriers, who runs our servers and our mail.</p>
<h2>Your rights</h2>
<p>You may see your data, have them corrected, erased or restricted, take them with you, and object to their use. Write to us. You may also complain to the data protection authority of your country.</p>`,
  },
  fr: {
    title: 'Protection des données',
    body: `<p>Responsable de vos données dans cette boutique :</p>
<address>{{ company.name }}[[<br>{{ company.address }}]][[<br>${BY_MAIL}]]</address>
<h2>Ce que nous gardons, et pourquoi</h2>
<ul>
<li>Quand vous commandez : nom, adresses, e-mail, ce que vous avez acheté et comment c’est payé, pour exécuter le contrat et tenir notre comptabilité comme la loi le demande.</li>
<li>Quand vous avez un compte : les mêmes données, et votre mot de passe sous une forme que personne ne peut relire.</li>
<li>Quand vous nous écrivez : votre message, pour y répondre. Les messages du formulaire de contact sont supprimés au bout de douze mois.</li>
<li>Quand vous visitez la boutique : ce dont un serveur a besoin pour répondre, comme votre adresse sur internet, pour afficher les pages et empêcher les abus.</li>
</ul>
<h2>Cookies</h2>
<p>Cette boutique pose les cookies nécessaires à son fonctionnement : panier, connexion, langue.</p>
<h2>Qui d’autre voit des données</h2>
<p>Ceux qui nous aident à exécuter votre commande, chacun pour ce qui est nécessaire : prestataires de paiement, transporteurs, hébergeur et service d’e-mail.</p>
<h2>Vos droits</h2>
<p>Vous pouvez consulter vos données, les faire corriger, effacer ou limiter, les emporter, et vous opposer à leur usage. Écrivez-nous. Vous pouvez aussi saisir l’autorité de protection des données de votre pays.</p>`,
  },
  de: {
    title: 'Datenschutz',
    body: `<p>Verantwortlich für Ihre Daten in diesem Shop:</p>
<address>{{ company.name }}[[<br>{{ company.address }}]][[<br>${BY_MAIL}]]</address>
<h2>Was wir speichern und wozu</h2>
<ul>
<li>Wenn Sie bestellen: Name, Adressen, E-Mail, was Sie gekauft und wie Sie gezahlt haben, um den Vertrag mit Ihnen zu erfüllen und unsere Bücher zu führen, wie es das Gesetz verlangt.</li>
<li>Wenn Sie ein Konto haben: dasselbe und Ihr Passwort als Prüfwert, aus dem es niemand zurücklesen kann.</li>
<li>Wenn Sie uns schreiben: was Sie schreiben, um Ihnen zu antworten. Nachrichten aus dem Kontaktformular werden nach zwölf Monaten gelöscht.</li>
<li>Wenn Sie uns besuchen: was ein Server braucht, um zu antworten, etwa Ihre Adresse im Internet, um die Seiten auszuliefern und Missbrauch abzuwehren.</li>
</ul>
<h2>Cookies</h2>
<p>Dieser Shop setzt die Cookies, die er braucht: für Warenkorb, Anmeldung und Sprache.</p>
<h2>Wer sonst Daten sieht</h2>
<p>Wer uns hilft, Ihre Bestellung auszuführen, jeweils nur das dafür Nötige: Zahlungsdienste, Versender, Betreiber unserer Server und unserer E-Mail.</p>
<h2>Ihre Rechte</h2>
<p>Sie können Ihre Daten einsehen, berichtigen, löschen oder einschränken lassen, sie mitnehmen und ihrer Nutzung widersprechen. Schreiben Sie uns. Sie können sich auch bei der Datenschutzbehörde Ihres Landes beschweren.</p>`,
  },
  lb: {
    title: 'Dateschutz',
    body: `<p>Verantwortlech fir Är Daten an dësem Buttek:</p>
<address>{{ company.name }}[[<br>{{ company.address }}]][[<br>${BY_MAIL}]]</address>
<h2>Wat mir späicheren a firwat</h2>
<ul>
<li>Wann Dir bestellt: Numm, Adressen, E-Mail, wat Dir kaaft hutt a wéi Dir bezuelt hutt, fir de Kontrakt mat Iech z’erfëllen an eis Bicher ze féieren, wéi d’Gesetz et verlaangt.</li>
<li>Wann Dir e Kont hutt: dat selwecht an Äert Passwuert an enger Form, déi keen zréckliese kann.</li>
<li>Wann Dir eis schreift: wat Dir schreift, fir Iech z’äntweren. Messagen aus dem Kontaktformulaire ginn no zwielef Méint geläscht.</li>
<li>Wann Dir eis besicht: wat e Server brauch, fir z’äntweren, wéi Är Adress um Internet, fir d’Säiten ze weisen a Mëssbrauch ofzewieren.</li>
</ul>
<h2>Cookien</h2>
<p>Dëse Buttek setzt d’Cookien, déi e brauch: fir de Kuerf, d’Umeldung an d’Sprooch.</p>
<h2>Wien nach Date gesäit</h2>
<p>Wien eis hëlleft, Är Bestellung auszeféieren, jeeweils just dat Néidegt: Bezueldéngschter, Liwwerfirmaen, wien eis Serveren an eis E-Mail bedreift.</p>
<h2>Är Rechter</h2>
<p>Dir kënnt Är Daten gesinn, verbessere, läschen oder aschränke loossen, se mathuelen an Iech géint hir Notzung wieren. Schreift eis. Dir kënnt Iech och bei der Dateschutzautoritéit vun Ärem Land beschwéieren.</p>`,
  },
};
