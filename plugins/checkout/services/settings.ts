import type { Cradle } from 'kontor/sdk';

type Asked = 'hidden' | 'optional' | 'required';

/** How a store wants its checkout; `plugin.json` has titles and defaults. */
export type CheckoutSettings = {
  guests: boolean;
  signInPath: string;
  phone: Asked;
  company: Asked;
  marketing: boolean;
  termsUrl: string;
  privacyUrl: string;
  logo: string;
  accent: string;
  keepDays: number;
};

/** No query when warm. */
export function checkoutSettings({ settings }: Pick<Cradle, 'settings'>): Promise<CheckoutSettings> {
  return settings.get<CheckoutSettings>();
}
