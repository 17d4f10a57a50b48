import { BY_MAIL, type DefaultPage } from './shape.ts';

/** The right of withdrawal of directive 2011/83/EU, articles 9 to 16, in plain words. */
export const returns: DefaultPage = {
  en: {
    title: 'Returns and withdrawal',
    body: `<p>If you are a consumer, you may withdraw from your purchase within 14 days without giving a reason. The 14 days begin when you, or somebody you named, have the last goods of the order in hand.</p>
<h2>How to withdraw</h2>
<p>Tell us in a clear statement, by letter or e-mail, before the 14 days are over. This is enough: “I withdraw from the contract for the following goods: …, order number …, received on …, name, address, date.”</p>
<address>{{ company.name }}[[<br>{{ company.address }}]][[<br>${BY_MAIL}]]</address>
<h2>What happens then</h2>
<p>Send the goods back within 14 days of that. We pay back everything you paid, with the cost of the cheapest standard delivery, within 14 days, the way you paid; we may wait until the goods are here or you have proved that they are on their way. You bear the direct cost of sending them back. You answer for a loss of value only where you handled the goods in another way than was needed to see what they are like.</p>
<h2>What is excepted</h2>
<p>There is no right of withdrawal for goods made to your wishes, goods that spoil quickly, sealed goods that cannot be sent back for reasons of hygiene once opened, and digital content whose delivery has begun with your consent.</p>
<h2>When something is faulty</h2>
<p>The legal guarantee holds whatever is said here: tell us, and we repair, replace or pay back.</p>`,
  },
  fr: {
    title: 'Retours et rétractation',
    body: `<p>Si vous êtes consommateur, vous pouvez revenir sur votre achat dans les 14 jours, sans donner de raison. Les 14 jours commencent quand vous, ou une personne que vous avez désignée, avez reçu le dernier article de la commande.</p>
<h2>Comment faire</h2>
<p>Dites-le-nous clairement, par courrier ou par e-mail, avant la fin des 14 jours. Ceci suffit : « Je me rétracte du contrat portant sur les articles suivants : …, commande numéro …, reçue le …, nom, adresse, date. »</p>
<address>{{ company.name }}[[<br>{{ company.address }}]][[<br>${BY_MAIL}]]</address>
<h2>Ensuite</h2>
<p>Renvoyez les articles dans les 14 jours qui suivent. Nous remboursons tout ce que vous avez payé, y compris la livraison standard la moins chère, dans les 14 jours, par le moyen de paiement utilisé ; nous pouvons attendre d’avoir reçu les articles ou la preuve de leur envoi. Les frais directs du renvoi sont à votre charge. Vous ne répondez d’une perte de valeur que si vous avez manipulé les articles autrement qu’il ne fallait pour les examiner.</p>
<h2>Exceptions</h2>
<p>Il n’y a pas de droit de rétractation pour les articles faits selon vos souhaits, ceux qui se gâtent vite, les articles scellés qui ne peuvent être renvoyés pour des raisons d’hygiène une fois ouverts, et les contenus numériques dont la fourniture a commencé avec votre accord.</p>
<h2>En cas de défaut</h2>
<p>La garantie légale s’applique quoi qu’il soit dit ici : prévenez-nous, et nous réparons, remplaçons ou remboursons.</p>`,
  },
  de: {
    title: 'Rücksendung und Widerruf',
    body: `<p>Als Verbraucher können Sie Ihren Kauf binnen 14 Tagen ohne Angabe von Gründen widerrufen. Die 14 Tage beginnen, wenn Sie oder jemand, den Sie benannt haben, die letzte Ware der Bestellung in Händen haben.</p>
<h2>So widerrufen Sie</h2>
<p>Teilen Sie es uns eindeutig mit, per Brief oder E-Mail, bevor die 14 Tage vorbei sind. Das genügt: „Ich widerrufe den Vertrag über folgende Waren: …, Bestellnummer …, erhalten am …, Name, Anschrift, Datum.“</p>
<address>{{ company.name }}[[<br>{{ company.address }}]][[<br>${BY_MAIL}]]</address>
<h2>Was dann geschieht</h2>
<p>Senden Sie die Ware binnen 14 Tagen danach zurück. Wir erstatten alles, was Sie gezahlt haben, mit den Kosten der günstigsten Standardlieferung, binnen 14 Tagen und auf dem Weg, auf dem Sie gezahlt haben; wir dürfen warten, bis die Ware hier ist oder Sie den Versand nachgewiesen haben. Die unmittelbaren Kosten der Rücksendung tragen Sie. Für einen Wertverlust stehen Sie nur ein, wenn Sie mit der Ware anders umgegangen sind, als zu ihrer Prüfung nötig war.</p>
<h2>Ausnahmen</h2>
<p>Kein Widerrufsrecht besteht bei Waren nach Ihren Vorgaben, schnell verderblichen Waren, versiegelten Waren, die nach dem Öffnen aus Gründen der Hygiene nicht zurückgegeben werden können, und digitalen Inhalten, deren Lieferung mit Ihrer Zustimmung begonnen hat.</p>
<h2>Wenn etwas mangelhaft ist</h2>
<p>Die gesetzliche Gewährleistung gilt unabhängig davon: Sagen Sie es uns, und wir bessern nach, ersetzen oder erstatten.</p>`,
  },
  lb: {
    title: 'Retouren a Réckzuch',
    body: `<p>Als Konsument kënnt Dir bannent 14 Deeg ouni Grond vun Ärem Kaf zrécktrieden. Déi 14 Deeg fänken un, wann Dir, oder een deen Dir genannt hutt, déi lescht Wuer vun der Bestellung an der Hand hutt.</p>
<h2>Wéi Dir dat maacht</h2>
<p>Sot eis et kloer, per Bréif oder E-Mail, ier déi 14 Deeg eriwwer sinn. Dat geet duer: „Ech triede vum Kontrakt iwwer dës Wueren zréck: …, Bestellnummer …, kritt den …, Numm, Adress, Datum.“</p>
<address>{{ company.name }}[[<br>{{ company.address }}]][[<br>${BY_MAIL}]]</address>
<h2>Wat dono geschitt</h2>
<p>Schéckt d’Wuer bannent 14 Deeg duerno zréck. Mir ginn Iech alles zréck, wat Dir bezuelt hutt, mat de Käschte vun der bëllegster Standardliwwerung, bannent 14 Deeg an um Wee, iwwer deen Dir bezuelt hutt; mir däerfe waarden, bis d’Wuer hei ass oder Dir bewisen hutt, datt se ënnerwee ass. Déi direkt Käschte vum Zréckschécken droot Dir. Fir e Wäertverloscht stitt Dir just riicht, wann Dir mat der Wuer anescht ëmgaange sidd, wéi et néideg war, fir se ze kucken.</p>
<h2>Ausnamen</h2>
<p>Et gëtt kee Recht op Réckzuch fir Wueren no Äre Wënsch, Wueren, déi séier verduerwen, versigelt Wueren, déi aus Grënn vun der Hygiène net zréckkënne, wann se op sinn, an digital Inhalter, deenen hir Liwwerung mat Ärem Averständnes ugefaangen huet.</p>
<h2>Wann eppes net an der Rei ass</h2>
<p>Déi gesetzlech Garantie gëllt, egal wat hei steet: sot eis et, a mir flécken, ersetzen oder ginn d’Geld zréck.</p>`,
  },
};
