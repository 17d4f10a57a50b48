import { buttonHtml, linesHtml, linesText } from './pieces.ts';
import { parcel } from './sample.ts';
import { orderTemplate, stack, stackText } from './template.ts';

/** To who bought: what is on its way, and where to follow it. */
export const shipped = orderTemplate({
  code: 'orders.shipped',
  title: 'Order shipped',
  more: { parcel },
  words: {
    en: {
      subject: 'Your order {{ order.number }} is on its way',
      hello: 'Hello{% if name != "" %} {{ name }}{% endif %},',
      news: 'this has just left our house:',
      by: 'Sent with',
      follow: 'Follow the parcel',
    },
    fr: {
      subject: 'Votre commande {{ order.number }} est en route',
      hello: 'Bonjour{% if name != "" %} {{ name }}{% endif %},',
      news: 'ceci vient de quitter notre maison :',
      by: 'Envoyé avec',
      follow: 'Suivre le colis',
    },
    de: {
      subject: 'Ihre Bestellung {{ order.number }} ist unterwegs',
      hello: 'Guten Tag{% if name != "" %} {{ name }}{% endif %},',
      news: 'das hat soeben unser Haus verlassen:',
      by: 'Versandt mit',
      follow: 'Sendung verfolgen',
    },
    lb: {
      subject: 'Är Bestellung {{ order.number }} ass ënnerwee',
      hello: 'Moien{% if name != "" %} {{ name }}{% endif %},',
      news: 'dat hei huet grad eist Haus verlooss:',
      by: 'Verschéckt mat',
      follow: 'De Pak verfollegen',
    },
  },
  make: ({ subject, hello, news, by, follow }, tables) => ({
    subject,
    html: stack(
      `<h1>${subject}</h1>`,
      `<p>${hello}</p><p>${news}</p>`,
      linesHtml,
      `{% if parcel.carrier != "" or parcel.trackingNumber != "" %}<p>${by} {{ parcel.carrier }} {{ parcel.trackingNumber }}</p>{% endif %}`,
      `{% if parcel.trackingUrl != "" %}{% render 'button', url: parcel.trackingUrl, label: "${follow}" %}{% else %}${buttonHtml(tables)}{% endif %}`,
    ),
    text: stackText(
      hello,
      news,
      linesText,
      `{% if parcel.carrier != "" or parcel.trackingNumber != "" %}${by} {{ parcel.carrier }} {{ parcel.trackingNumber }}\n{% endif %}{% if parcel.trackingUrl != "" %}${follow}:\n{{ parcel.trackingUrl }}{% else %}${tables.button}:\n{{ order.url }}{% endif %}`,
    ),
  }),
});
