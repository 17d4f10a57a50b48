import { linesHtml, linesText } from './pieces.ts';
import { orderTemplate, stack, stackText } from './template.ts';

/** To who bought: that nothing comes, and what becomes of the money. */
export const cancelled = orderTemplate({
  code: 'orders.cancelled',
  title: 'Order cancelled',
  words: {
    en: {
      subject: 'Your order {{ order.number }} was cancelled',
      hello: 'Hello{% if name != "" %} {{ name }}{% endif %},',
      news: 'your order was cancelled; nothing of it will be sent:',
      paid: 'What you paid comes back to you, the way you paid. Depending on your bank this takes a few days.',
      unpaid: 'You do not have to pay anything.',
    },
    fr: {
      subject: 'Votre commande {{ order.number }} a été annulée',
      hello: 'Bonjour{% if name != "" %} {{ name }}{% endif %},',
      news: 'votre commande a été annulée ; rien ne sera envoyé :',
      paid: 'Votre paiement vous est restitué par le moyen utilisé. Selon votre banque, cela prend quelques jours.',
      unpaid: 'Vous n’avez rien à payer.',
    },
    de: {
      subject: 'Ihre Bestellung {{ order.number }} wurde storniert',
      hello: 'Guten Tag{% if name != "" %} {{ name }}{% endif %},',
      news: 'Ihre Bestellung wurde storniert; davon wird nichts verschickt:',
      paid: 'Ihre Zahlung erhalten Sie auf dem Weg zurück, auf dem Sie bezahlt haben. Je nach Bank dauert das einige Tage.',
      unpaid: 'Sie müssen nichts bezahlen.',
    },
    lb: {
      subject: 'Är Bestellung {{ order.number }} gouf annuléiert',
      hello: 'Moien{% if name != "" %} {{ name }}{% endif %},',
      news: 'Är Bestellung gouf annuléiert; dovu gëtt näischt verschéckt:',
      paid: 'Är Bezuelung kritt Dir zréck, um Wee, iwwer deen Dir bezuelt hutt. Jee no Bank dauert dat e puer Deeg.',
      unpaid: 'Dir musst näischt bezuelen.',
    },
  },
  make: ({ subject, hello, news, paid, unpaid }) => {
    const money = `{% if isPaid %}${paid}{% else %}${unpaid}{% endif %}`;
    return {
      subject,
      html: stack(`<h1>${subject}</h1>`, `<p>${hello}</p><p>${news}</p>`, linesHtml, `<p>${money}</p>`),
      text: stackText(hello, news, linesText, money),
    };
  },
});
