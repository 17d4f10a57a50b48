import type { DefaultPage } from './shape.ts';

export const shipping: DefaultPage = {
  en: {
    title: 'Shipping',
    body: `<p>We deliver to the countries that you can choose at the checkout. The ways to deliver, what each costs and how long it takes are shown there before you order.</p>
<p>When your order leaves us, we tell you by e-mail, with the number of the parcel where there is one. If an order consists of several parcels, you pay for delivery once.</p>
<p>If a parcel arrives damaged or not at all, tell us: until it is in your hands, it is our risk.</p>`,
  },
  fr: {
    title: 'Livraison',
    body: `<p>Nous livrons dans les pays proposés au moment de commander. Les modes de livraison, leur prix et leur durée y sont indiqués avant la commande.</p>
<p>Quand votre commande part, nous vous prévenons par e-mail, avec le numéro du colis s’il y en a un. Si une commande part en plusieurs colis, la livraison n’est payée qu’une fois.</p>
<p>Si un colis arrive abîmé ou n’arrive pas, dites-le-nous : jusqu’à ce qu’il vous soit remis, le risque est pour nous.</p>`,
  },
  de: {
    title: 'Versand',
    body: `<p>Wir liefern in die Länder, die Sie an der Kasse wählen können. Versandarten, Kosten und Dauer stehen dort, bevor Sie bestellen.</p>
<p>Wenn Ihre Bestellung unser Haus verlässt, schreiben wir Ihnen eine E-Mail, mit der Nummer des Pakets, wo es eine gibt. Besteht eine Bestellung aus mehreren Paketen, zahlen Sie den Versand einmal.</p>
<p>Kommt ein Paket beschädigt oder gar nicht an, sagen Sie es uns: Bis es bei Ihnen ist, tragen wir das Risiko.</p>`,
  },
  lb: {
    title: 'Liwwerung',
    body: `<p>Mir liwweren an d’Länner, déi Dir un der Keess wiele kënnt. Wéi geliwwert gëtt, wat et kascht a wéi laang et dauert, steet do, ier Dir bestellt.</p>
<p>Wann Är Bestellung bei eis fortgeet, schreiwe mir Iech eng E-Mail, mat der Nummer vum Pak, wann et eng gëtt. Besteet eng Bestellung aus méi Päck, da bezuelt Dir d’Liwwerung eemol.</p>
<p>Wann e Pak futti oder guer net ukënnt, sot eis et: bis en bei Iech ass, ass et eise Risiko.</p>`,
  },
};
