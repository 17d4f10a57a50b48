import { buttonHtml } from './pieces.ts';
import { moneyBack } from './sample.ts';
import { orderTemplate, stack, stackText } from './template.ts';

/** To who bought: how much comes back. */
export const refunded = orderTemplate({
  code: 'orders.refunded',
  title: 'Refund of an order',
  more: moneyBack,
  words: {
    en: {
      subject: 'Money back for your order {{ order.number }}',
      hello: 'Hello{% if name != "" %} {{ name }}{% endif %},',
      news: 'we give you {{ refund.amount | money }} back, the way you paid. Depending on your bank this takes a few days.',
    },
    fr: {
      subject: 'Remboursement de votre commande {{ order.number }}',
      hello: 'Bonjour{% if name != "" %} {{ name }}{% endif %},',
      news: 'nous vous remboursons {{ refund.amount | money }} par le moyen de paiement utilisé. Selon votre banque, cela prend quelques jours.',
    },
    de: {
      subject: 'Geld zurück für Ihre Bestellung {{ order.number }}',
      hello: 'Guten Tag{% if name != "" %} {{ name }}{% endif %},',
      news: 'Sie erhalten {{ refund.amount | money }} zurück, auf dem Weg, auf dem Sie bezahlt haben. Je nach Bank dauert das einige Tage.',
    },
    lb: {
      subject: 'Geld zréck fir Är Bestellung {{ order.number }}',
      hello: 'Moien{% if name != "" %} {{ name }}{% endif %},',
      news: 'Dir kritt {{ refund.amount | money }} zréck, um Wee, iwwer deen Dir bezuelt hutt. Jee no Bank dauert dat e puer Deeg.',
    },
  },
  make: ({ subject, hello, news }, tables) => ({
    subject,
    html: stack(`<h1>${subject}</h1>`, `<p>${hello}</p><p>${news}</p>`, buttonHtml(tables)),
    text: stackText(hello, news, `${tables.button}:\n{{ order.url }}`),
  }),
});
