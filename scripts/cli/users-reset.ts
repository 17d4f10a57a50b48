import { createRandom } from '../../kernel/clock.ts';
import { accepted } from './accepted.ts';
import type { Command } from './command.ts';
import { withKernel } from './open-kernel.ts';

export default {
  words: 'EMAIL',
  options: { 'without-second-step': { type: 'boolean' } },
  explain: {
    'without-second-step': 'Signs in by the password alone: for who lost what the second step asks for',
  },
  run: ({ words: [email], options }) =>
    withKernel('users reset', async ({ auth }) => {
      const password = createRandom().token();
      const withoutSecondStep = options['without-second-step'] === true;
      accepted(`User ${email}`, await auth.setPassword({ email: email!, password, withoutSecondStep }));
      const isShown = 'This password is shown only now; all sessions and keys of the user have ended.';
      return {
        data: { email, password, withoutSecondStep },
        text: `${email} signs in with ${password}${withoutSecondStep ? ' and no second step' : ''}\n${isShown}`,
      };
    }),
} satisfies Command;
