import type { MailTemplate } from 'kontor/sdk';

/** To a buyer who paid and gets no order: that the money comes back, and why. */
export const moneyBack: MailTemplate = {
  code: 'checkout.money_back',
  title: 'A payment goes back',
  sample: {
    name: 'Ada',
    reason: 'outOfStock',
    amount: { amount: 4990, currency: 'EUR' },
  },
  texts: {
    en: letter({
      subject: 'Your payment is on its way back',
      hello: 'Hello',
      money:
        'we could not place your order, and are sorry. Your payment of {{ amount | money }} goes back to you in full; depending on your bank this takes a few days.',
      outOfStock: 'Somebody else bought the last piece while your payment was under way.',
      priceChanged: 'The cart or a price changed while your payment was under way.',
      other: 'The order could not be accepted.',
      again: 'Nothing was ordered. You are welcome to order again.',
    }),
    fr: letter({
      subject: 'Votre paiement vous est restitué',
      hello: 'Bonjour',
      money:
        'nous n’avons pas pu enregistrer votre commande et en sommes désolés. Votre paiement de {{ amount | money }} vous est restitué en totalité ; selon votre banque, cela prend quelques jours.',
      outOfStock: 'Quelqu’un d’autre a acheté le dernier article pendant votre paiement.',
      priceChanged: 'Le panier ou un prix a changé pendant votre paiement.',
      other: 'La commande n’a pas pu être acceptée.',
      again: 'Rien n’a été commandé. Vous pouvez commander à nouveau quand vous le souhaitez.',
    }),
    de: letter({
      subject: 'Ihre Zahlung kommt zurück',
      hello: 'Guten Tag',
      money:
        'wir konnten Ihre Bestellung leider nicht annehmen. Ihre Zahlung von {{ amount | money }} erhalten Sie in voller Höhe zurück; je nach Bank dauert das einige Tage.',
      outOfStock: 'Jemand anderes hat das letzte Stück gekauft, während Ihre Zahlung lief.',
      priceChanged: 'Der Warenkorb oder ein Preis hat sich geändert, während Ihre Zahlung lief.',
      other: 'Die Bestellung konnte nicht angenommen werden.',
      again: 'Es wurde nichts bestellt. Gerne können Sie erneut bestellen.',
    }),
    lb: letter({
      subject: 'Är Bezuelung kënnt zréck',
      hello: 'Moien',
      money:
        'mir konnten Är Bestellung leider net unhuelen. Är Bezuelung vun {{ amount | money }} kritt Dir komplett zréck; jee no Bank dauert dat e puer Deeg.',
      outOfStock: 'Een aneren huet dat lescht Stéck kaaft, während Är Bezuelung gelaf ass.',
      priceChanged: 'De Kuerf oder e Präis huet geännert, während Är Bezuelung gelaf ass.',
      other: 'D’Bestellung konnt net ugeholl ginn.',
      again: 'Et gouf näischt bestallt. Dir kënnt gär nach eng Kéier bestellen.',
    }),
  },
};

type Words = Record<
  'subject' | 'hello' | 'money' | 'outOfStock' | 'priceChanged' | 'other' | 'again',
  string
>;

function letter({ subject, hello, money, outOfStock, priceChanged, other, again }: Words) {
  const greeting = `${hello}{% if name != blank %} {{ name }}{% endif %},`;
  const why = `{% case reason %}{% when 'outOfStock' %}${outOfStock}{% when 'notForSale' %}${outOfStock}{% when 'priceChanged' %}${priceChanged}{% else %}${other}{% endcase %}`;
  return {
    subject,
    html: `<p>${greeting}</p><p>${money}</p><p>${why}</p><p>${again}</p>`,
    text: [greeting, money, why, again].join('\n\n'),
  };
}
