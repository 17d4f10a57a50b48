import { accepted } from './accepted.ts';
import type { Command } from './command.ts';
import { findStore } from './find-store.ts';
import { withKernel } from './open-kernel.ts';

export default {
  words: 'HANDLE',
  options: { resume: { type: 'boolean' } },
  explain: { resume: 'Open it again' },
  run: ({ words: [handle], options }) =>
    withKernel('stores pause', async (kernel) => {
      const { ref } = await findStore(kernel, handle!);
      const state = options.resume ? 'active' : 'paused';
      accepted(`Store ${handle}`, await kernel.tenancy.admin.setState(ref.id, state));
      return { data: { id: ref.id, handle, state }, text: `${ref.name} is ${state}` };
    }),
} satisfies Command;
