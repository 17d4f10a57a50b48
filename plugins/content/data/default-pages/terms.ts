import type { DefaultPage } from './shape.ts';

export const terms: DefaultPage = {
  en: {
    title: 'Terms of sale',
    body: `<p>These terms hold for orders in this shop. You buy from {{ company.name }}[[, {{ company.address }}]].</p>
<h2>Order and contract</h2>
<p>What is shown here is an invitation to order. With the order button you make a binding order for what is in the cart. We confirm by e-mail that it came in; the contract is made when we accept it, at the latest when we send the goods.</p>
<h2>Prices and payment</h2>
<p>The prices on the day of the order hold. Taxes and delivery are shown before you order. You pay in one of the ways that the checkout offers.</p>
<h2>Delivery</h2>
<p>We deliver to the address you gave. If we cannot deliver something, we tell you at once and pay back what you paid for it.</p>
<h2>Withdrawal and guarantee</h2>
<p>Consumers may withdraw as the page about returns says. The legal guarantee for faulty goods holds.</p>
<h2>Ownership</h2>
<p>Goods stay ours until they are paid.</p>
<h2>Law</h2>
<p>The law of the country where our company has its seat holds; what the law of your own country gives you as a consumer, nobody takes from you.</p>`,
  },
  fr: {
    title: 'Conditions générales de vente',
    body: `<p>Ces conditions s’appliquent aux commandes passées dans cette boutique. Votre vendeur est {{ company.name }}[[, {{ company.address }}]].</p>
<h2>Commande et contrat</h2>
<p>Les articles présentés sont une invitation à commander. En cliquant sur le bouton de commande, vous commandez de façon ferme le contenu du panier. Nous confirmons la réception par e-mail ; le contrat est formé quand nous acceptons la commande, au plus tard quand nous envoyons les articles.</p>
<h2>Prix et paiement</h2>
<p>Les prix du jour de la commande s’appliquent. Les taxes et la livraison sont indiquées avant la commande. Vous payez par l’un des moyens proposés.</p>
<h2>Livraison</h2>
<p>Nous livrons à l’adresse indiquée. Si nous ne pouvons pas livrer un article, nous vous le disons aussitôt et vous remboursons.</p>
<h2>Rétractation et garantie</h2>
<p>Les consommateurs peuvent se rétracter comme l’explique la page sur les retours. La garantie légale s’applique aux articles défectueux.</p>
<h2>Propriété</h2>
<p>Les articles restent notre propriété jusqu’à leur paiement.</p>
<h2>Droit applicable</h2>
<p>Le droit du pays où notre entreprise a son siège s’applique ; ce que le droit de votre propre pays vous garantit comme consommateur vous reste acquis.</p>`,
  },
  de: {
    title: 'Allgemeine Geschäftsbedingungen',
    body: `<p>Diese Bedingungen gelten für Bestellungen in diesem Shop. Ihr Vertragspartner ist {{ company.name }}[[, {{ company.address }}]].</p>
<h2>Bestellung und Vertrag</h2>
<p>Was hier gezeigt wird, ist eine Einladung zu bestellen. Mit der Bestellschaltfläche bestellen Sie verbindlich, was im Warenkorb liegt. Den Eingang bestätigen wir per E-Mail; der Vertrag kommt zustande, wenn wir die Bestellung annehmen, spätestens mit dem Versand der Ware.</p>
<h2>Preise und Zahlung</h2>
<p>Es gelten die Preise am Tag der Bestellung. Steuern und Versandkosten stehen dabei, bevor Sie bestellen. Sie zahlen auf einem der Wege, die an der Kasse angeboten werden.</p>
<h2>Lieferung</h2>
<p>Wir liefern an die angegebene Adresse. Können wir etwas nicht liefern, sagen wir es Ihnen sofort und erstatten, was Sie dafür gezahlt haben.</p>
<h2>Widerruf und Gewährleistung</h2>
<p>Verbraucher können widerrufen, wie es auf der Seite über Rücksendungen steht. Für mangelhafte Ware gilt die gesetzliche Gewährleistung.</p>
<h2>Eigentum</h2>
<p>Die Ware bleibt bis zur Bezahlung unser Eigentum.</p>
<h2>Recht</h2>
<p>Es gilt das Recht des Landes, in dem unser Unternehmen seinen Sitz hat; was Ihnen das Recht Ihres eigenen Landes als Verbraucher zusichert, bleibt Ihnen.</p>`,
  },
  lb: {
    title: 'Allgemeng Verkafsbedéngungen',
    body: `<p>Dës Bedéngunge gëlle fir Bestellungen an dësem Buttek. Dir kaaft bei {{ company.name }}[[, {{ company.address }}]].</p>
<h2>Bestellung a Kontrakt</h2>
<p>Wat hei gewise gëtt, ass eng Invitatioun fir ze bestellen. Mam Bestellknäppchen bestellt Dir verbindlech, wat am Kuerf läit. Mir confirméieren den Agang per E-Mail; de Kontrakt ass gemaach, wa mir d’Bestellung unhuelen, spéitstens wa mir d’Wuer verschécken.</p>
<h2>Präisser a Bezuelung</h2>
<p>Et gëllen d’Präisser vum Dag vun der Bestellung. Steieren a Liwwerung stinn dobäi, ier Dir bestellt. Dir bezuelt op ee vun de Weeër, déi un der Keess ugebuede ginn.</p>
<h2>Liwwerung</h2>
<p>Mir liwweren op d’Adress, déi Dir uginn hutt. Wa mir eppes net liwwere kënnen, soe mir Iech et direkt a ginn zréck, wat Dir dofir bezuelt hutt.</p>
<h2>Réckzuch a Garantie</h2>
<p>Konsumente kënnen zrécktrieden, wéi et op der Säit iwwer Retoure steet. Fir Wueren, déi net an der Rei sinn, gëllt déi gesetzlech Garantie.</p>
<h2>Proprietéit</h2>
<p>D’Wuer bleift eis, bis se bezuelt ass.</p>
<h2>Recht</h2>
<p>Et gëllt d’Recht vum Land, an deem eis Firma hire Sëtz huet; wat d’Recht vun Ärem Land Iech als Konsument gëtt, hëlt Iech keen.</p>`,
  },
};
