import type { Inbox, KernelServices } from 'kontor/sdk';
import { current } from '../context.ts';
import type { KernelDatabase } from '../parts.ts';
import { inboxErrors } from './errors.ts';

/** Notes of what providers sent, so that each event has its effect once, however often and from wherever it comes. */
export function createInbox({
  database,
  clock,
}: {
  database: KernelDatabase;
  clock: KernelServices['clock'];
}): {
  forPlugin(plugin: string): Inbox;
} {
  return {
    forPlugin: (plugin) => ({
      async once(provider, eventId, work) {
        const { store } = current();
        if (!store) throw new inboxErrors.KERNEL_ERR_INBOX_NO_STORE(provider, plugin);
        return database.transaction(async () => {
          // Whoever comes second waits here for the first one's commit, or takes over after its rollback.
          const rows = await database.query(
            `insert into kernel.inbox (store_id, plugin, provider, event_id, came_at) values ($1, $2, $3, $4, $5)
             on conflict (store_id, plugin, provider, event_id) do nothing returning event_id`,
            [store.ref.id, plugin, provider, eventId, clock.now()],
          );
          if (rows.length === 0) return false;
          await work();
          return true;
        });
      },
    }),
  };
}
