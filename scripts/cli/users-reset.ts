import { createRandom } from '../../kernel/clock.ts';
import { accepted } from './accepted.ts';
import type { Command } from './command.ts';
import { withKernel } from './open-kernel.ts';

export default {
  words: 'EMAIL',
  run: ({ words: [email] }) =>
    withKernel('users reset', async ({ auth }) => {
      const password = createRandom().token();
      accepted(`User ${email}`, await auth.setPassword({ email: email!, password }));
      return {
        data: { email, password },
        text: `${email} signs in with ${password}\nThis password is shown only now; all sessions and keys of the user have ended.`,
      };
    }),
} satisfies Command;
