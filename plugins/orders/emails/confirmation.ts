import {
  addressesHtml,
  addressesText,
  buttonHtml,
  linesHtml,
  linesText,
  totalsHtml,
  totalsText,
} from './pieces.ts';
import { orderTemplate, stack, stackText } from './template.ts';

/** To who bought: what, for how much, and where it goes. */
export const confirmation = orderTemplate({
  code: 'orders.confirmation',
  title: 'Order confirmation',
  words: {
    en: {
      subject: 'Your order {{ order.number }}',
      title: 'Thank you for your order',
      hello: 'Hello{% if name != "" %} {{ name }}{% endif %},',
      paid: 'we have your order {{ order.number }} and your payment, and tell you as soon as it is on its way.',
      unpaid: 'we have your order {{ order.number }}. It goes on as soon as your payment is here.',
    },
    fr: {
      subject: 'Votre commande {{ order.number }}',
      title: 'Merci pour votre commande',
      hello: 'Bonjour{% if name != "" %} {{ name }}{% endif %},',
      paid: 'nous avons bien reçu votre commande {{ order.number }} et votre paiement. Nous vous écrirons dès son départ.',
      unpaid:
        'nous avons bien reçu votre commande {{ order.number }}. Elle suivra son cours dès la réception de votre paiement.',
    },
    de: {
      subject: 'Ihre Bestellung {{ order.number }}',
      title: 'Vielen Dank für Ihre Bestellung',
      hello: 'Guten Tag{% if name != "" %} {{ name }}{% endif %},',
      paid: 'Ihre Bestellung {{ order.number }} und Ihre Zahlung sind bei uns. Wir schreiben Ihnen, sobald sie unterwegs ist.',
      unpaid: 'Ihre Bestellung {{ order.number }} ist bei uns. Es geht weiter, sobald Ihre Zahlung da ist.',
    },
    lb: {
      subject: 'Är Bestellung {{ order.number }}',
      title: 'Merci fir Är Bestellung',
      hello: 'Moien{% if name != "" %} {{ name }}{% endif %},',
      paid: 'Är Bestellung {{ order.number }} an Är Bezuelung si bei eis. Mir schreiwen Iech, soubal se ënnerwee ass.',
      unpaid: 'Är Bestellung {{ order.number }} ass bei eis. Et geet weider, soubal Är Bezuelung do ass.',
    },
  },
  make: ({ subject, title, hello, paid, unpaid }, tables) => {
    const news = `{% if isPaid %}${paid}{% else %}${unpaid}{% endif %}`;
    return {
      subject,
      html: stack(
        `<h1>${title}</h1>`,
        `<p>${hello}</p><p>${news}</p>`,
        linesHtml,
        totalsHtml(tables),
        addressesHtml(tables),
        buttonHtml(tables),
      ),
      text: stackText(
        hello,
        news,
        linesText,
        totalsText(tables),
        addressesText(tables),
        `${tables.button}:\n{{ order.url }}`,
      ),
    };
  },
});
