import { type Command, UsageError } from './command.ts';
import { findStore } from './find-store.ts';
import { withKernel } from './open-kernel.ts';
import { table } from './table.ts';

const STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'];
const COLUMNS = ['id', 'storeId', 'name', 'state', 'attempts', 'progress', 'createdAt', 'error'];

export default {
  options: { store: { type: 'string' }, state: { type: 'string' }, name: { type: 'string' } },
  explain: {
    store: 'Of one store, by its handle',
    state: 'waiting, running, done, failed or cancelled',
    name: 'Of one name, e.g. notes.tidy',
  },
  run: ({ options }) =>
    withKernel('jobs list', async (kernel) => {
      if (options.state && !STATES.includes(String(options.state)))
        throw new UsageError(`Expected one of ${STATES.join(', ')} for --state, got '${options.state}'`);
      const store = options.store ? await findStore(kernel, String(options.store)) : undefined;
      const rows = await kernel.jobs.admin.list({
        ...(store ? { storeId: store.ref.id } : {}),
        ...(options.state ? { state: String(options.state) } : {}),
        ...(options.name ? { name: String(options.name) } : {}),
      });
      return table(rows, COLUMNS, 'There are no such jobs');
    }),
} satisfies Command;
