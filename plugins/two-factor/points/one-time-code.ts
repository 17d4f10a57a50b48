import type { Cradle, SignInChallenge } from 'kontor/sdk';
import type {} from '../contract.ts';
import { TOTP } from '../services/two-factor.ts';

/** Asks at sign-in whoever has turned two-factor on. */
export function oneTimeCode({ twoFactor }: Cradle): readonly SignInChallenge[] {
  return [
    {
      name: TOTP,
      isRequired: async (userId) => (await twoFactor.status(userId)).isOn,
      check: async (userId, { code }) => typeof code === 'string' && twoFactor.check(userId, code),
      forget: twoFactor.forget,
    },
  ];
}
