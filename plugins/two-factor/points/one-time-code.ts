import type { Cradle, SignInChallenge } from 'kontor/sdk';
import type {} from '../contract.ts';

/** Asks at sign-in whoever has turned two-factor on. */
export function oneTimeCode({ twoFactor }: Cradle): readonly SignInChallenge[] {
  return [
    {
      name: 'totp',
      isRequired: async (userId) => (await twoFactor.status(userId)).isOn,
      check: async (userId, { code }) => typeof code === 'string' && twoFactor.check(userId, code),
    },
  ];
}
