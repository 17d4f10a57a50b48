import { createRandom } from '../../kernel/clock.ts';
import { within } from '../../kernel/context.ts';
import { accepted } from './accepted.ts';
import { type Command, UsageError } from './command.ts';
import { findStore } from './find-store.ts';
import { withKernel } from './open-kernel.ts';

export default {
  words: 'EMAIL',
  options: {
    name: { type: 'string' },
    admin: { type: 'boolean' },
    store: { type: 'string' },
    role: { type: 'string' },
    locale: { type: 'string' },
  },
  explain: {
    name: 'The part before the @ when left out',
    admin: 'May administer the whole platform',
    store: 'Handle of a store whose team the user joins',
    role: 'In that team; owner when left out',
    locale: 'en when left out',
  },
  run: ({ words: [email], options }) =>
    withKernel('users create', async (kernel) => {
      const store = options.store ? await findStore(kernel, String(options.store)) : undefined;
      if (!/^[^\s@]+@[^\s@]+$/.test(email!))
        throw new UsageError(`Expected an address such as ada@example.lu, got '${email}'`);
      if (options.role && !store) throw new UsageError('--role is the role in a team: say whose by --store');
      const role = String(options.role ?? 'owner');
      if (store) {
        const roles = (await within({ store }, () => kernel.auth.team.roles())).map(({ code }) => code);
        if (!roles.includes(role))
          throw new UsageError(`Expected one of ${roles.join(', ')} for --role, got '${role}'`);
      }
      const password = createRandom().token();
      const user = accepted(
        `User ${email}`,
        await kernel.auth.users.create({
          email: email!,
          name: String(options.name ?? email!.split('@')[0]),
          password,
          isAdmin: options.admin === true,
          ...(options.locale ? { locale: String(options.locale) } : {}),
        }),
      );
      if (store) {
        const member = { userId: user.id, role };
        const what = `${user.email} was made, but is not in the team of ${store.ref.handle}; the password is ${password}`;
        accepted(what, await within({ store }, () => kernel.auth.team.add(member)));
      }
      return {
        data: { ...user, password },
        text: `${user.email} signs in with ${password}\nThis password is shown only now.`,
      };
    }),
} satisfies Command;
