import type { Cradle, PaymentMethod, PaymentProvider } from 'kontor/sdk';
import { onLedger } from '../services/provider.ts';
import type { Values } from '../services/settings.ts';

/** Money that comes by another way than ours; the team marks it as paid. */
export function manual(services: Cradle): PaymentProvider {
  const { i18n, settings } = services;
  return onLedger(services, {
    code: 'manual',
    title: 'Manual payments',
    async methods({ currency, locale }) {
      const { iban, bic, accountHolder, instructions, ...has } = await settings.get<Values>();
      const method = (code: string, key: string, values = {}): PaymentMethod => ({
        code,
        provider: 'manual',
        title: i18n.text(`${key}.title`, {}, locale),
        description: i18n.text(`${key}.description`, values, locale),
        isLater: true,
        isTest: false,
      });
      // A transfer within the euro area needs the IBAN alone; abroad they ask for the BIC as well.
      const account = [accountHolder, spaced(iban), bic].filter(Boolean).join(', ');
      const transfer = method('bank-transfer', 'bankTransfer', { account });
      return [
        ...(iban
          ? [{ ...transfer, description: [transfer.description, instructions].filter(Boolean).join(' ') }]
          : []),
        ...(has.hasInvoice ? [method('invoice', 'invoice', { days: has.invoiceDays })] : []),
        ...(has.hasCashOnDelivery ? [method('cash-on-delivery', 'cashOnDelivery', { currency })] : []),
      ];
    },
    begin: () => ({ state: 'waiting', error: null }),
  });
}

/** In groups of four, as banks print it. */
function spaced(iban: string): string {
  return iban.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
