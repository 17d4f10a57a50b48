import type { DefaultPage } from './shape.ts';

export const faq: DefaultPage = {
  en: {
    title: 'Questions and answers',
    body: `<h2>Do I need an account to order?</h2>
<p>No. You can order as a guest; with an account you see your orders and need not type your address again.</p>
<h2>What does delivery cost?</h2>
<p>You see it at the checkout, before you order, as soon as you have named the country.</p>
<h2>How can I pay?</h2>
<p>The ways to pay are shown at the checkout.</p>
<h2>Where is my order?</h2>
<p>You get an e-mail when it leaves us, and the page of your order shows how far it is.</p>
<h2>Can I send something back?</h2>
<p>Yes. How, and until when, is on the page about returns.</p>`,
  },
  fr: {
    title: 'Questions fréquentes',
    body: `<h2>Faut-il un compte pour commander ?</h2>
<p>Non. Vous pouvez commander sans compte ; avec un compte, vous retrouvez vos commandes et votre adresse est déjà remplie.</p>
<h2>Combien coûte la livraison ?</h2>
<p>Le montant s’affiche avant la commande, dès que vous avez indiqué le pays.</p>
<h2>Comment payer ?</h2>
<p>Les moyens de paiement sont indiqués au moment de commander.</p>
<h2>Où est ma commande ?</h2>
<p>Vous recevez un e-mail à son départ, et la page de votre commande indique où elle en est.</p>
<h2>Puis-je renvoyer un article ?</h2>
<p>Oui. La page sur les retours explique comment et jusqu’à quand.</p>`,
  },
  de: {
    title: 'Fragen und Antworten',
    body: `<h2>Brauche ich ein Konto, um zu bestellen?</h2>
<p>Nein. Sie können als Gast bestellen; mit einem Konto sehen Sie Ihre Bestellungen und müssen Ihre Adresse nicht noch einmal eingeben.</p>
<h2>Was kostet der Versand?</h2>
<p>Das sehen Sie an der Kasse, bevor Sie bestellen, sobald Sie das Land gewählt haben.</p>
<h2>Wie kann ich zahlen?</h2>
<p>Die Zahlungsarten stehen an der Kasse.</p>
<h2>Wo ist meine Bestellung?</h2>
<p>Sie bekommen eine E-Mail, sobald sie unser Haus verlässt, und die Seite Ihrer Bestellung zeigt, wie weit sie ist.</p>
<h2>Kann ich etwas zurückschicken?</h2>
<p>Ja. Wie und bis wann, steht auf der Seite über Rücksendungen.</p>`,
  },
  lb: {
    title: 'Froen an Äntwerten',
    body: `<h2>Brauch ech e Kont, fir ze bestellen?</h2>
<p>Nee. Dir kënnt als Gaascht bestellen; mat engem Kont gesitt Dir Är Bestellungen a musst Är Adress net nach eng Kéier aginn.</p>
<h2>Wat kascht d’Liwwerung?</h2>
<p>Dat gesitt Dir un der Keess, ier Dir bestellt, soubal Dir d’Land gewielt hutt.</p>
<h2>Wéi kann ech bezuelen?</h2>
<p>Wéi een ka bezuelen, steet un der Keess.</p>
<h2>Wou ass meng Bestellung?</h2>
<p>Dir kritt eng E-Mail, wa se bei eis fortgeet, an d’Säit vun Ärer Bestellung weist, wéi wäit se ass.</p>
<h2>Kann ech eppes zréckschécken?</h2>
<p>Jo. Wéi a bis wéini, steet op der Säit iwwer Retouren.</p>`,
  },
};
