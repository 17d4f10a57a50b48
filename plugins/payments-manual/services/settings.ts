import type { Cradle } from 'kontor/sdk';

/** See `settings` of the manifest. */
export type Values = {
  iban: string;
  bic: string;
  accountHolder: string;
  instructions: string;
  hasCashOnDelivery: boolean;
  hasInvoice: boolean;
  invoiceDays: number;
  testGateway: 'auto' | 'on' | 'off';
};

/** A platform that serves real buyers takes no play money, unless its admins say so. */
export async function isTestGatewayOn({ platform, settings }: Pick<Cradle, 'platform' | 'settings'>) {
  const { testGateway } = await settings.get<Values>();
  return testGateway === 'auto' ? platform.mode === 'development' : testGateway === 'on';
}

/** Whether the check digits of an IBAN are right (ISO 7064, mod 97): most slips of a finger are found so. */
export function isIban(text: string): boolean {
  const turned = text.slice(4) + text.slice(0, 4);
  const digits = [...turned].map((letter) => Number.parseInt(letter, 36)).join('');
  return BigInt(digits) % 97n === 1n;
}
