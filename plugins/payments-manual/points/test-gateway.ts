import type { Cradle, PaymentProvider } from 'kontor/sdk';
import { cardOf } from '../services/cards.ts';
import { onLedger } from '../services/provider.ts';
import { isTestGatewayOn } from '../services/settings.ts';

/** A gateway that behaves like a real one and moves no money. */
export function testGateway(services: Cradle): PaymentProvider {
  const { i18n } = services;
  return onLedger(services, {
    code: 'test',
    title: 'Test gateway',
    async methods({ locale }) {
      if (!(await isTestGatewayOn(services))) return [];
      const text = (key: string) => i18n.text(key, {}, locale);
      return [
        {
          code: 'test-card',
          provider: 'test',
          title: text('testCard.title'),
          description: text('testCard.description'),
          isLater: false,
          isTest: true,
          fields: [{ name: 'card', title: text('testCard.number'), value: '4242 4242 4242 4242' }],
        },
      ];
    },
    begin({ details, locale }) {
      const { error, ...card } = cardOf(details.card);
      return { ...card, error: error ? i18n.text(error, {}, locale) : null };
    },
  });
}
