import { definePlugin, defineRoutes } from 'kontor/sdk';
import { oneTimeCode } from './points/one-time-code.ts';
import { confirmEnrolment, startEnrolment, status } from './routes/enrolment.ts';
import { helpOut, newRecoveryCodes, turnOff } from './routes/recovery.ts';
import { createTwoFactor } from './services/two-factor.ts';

export default definePlugin({
  services: { twoFactor: createTwoFactor },
  points: { signInChallenges: oneTimeCode },
  routes: defineRoutes([status, startEnrolment, confirmEnrolment, newRecoveryCodes, turnOff, helpOut]),
});
