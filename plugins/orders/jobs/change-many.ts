import { type Cradle, type Id, type JobDefinition, type Jobs, Type } from 'kontor/sdk';
import { changeOrder } from '../services/change-order.ts';
import { lockOrder } from '../services/lock-order.ts';
import { tidyTags } from '../services/tidy-tags.ts';
import { writeTimeline } from '../services/write-timeline.ts';

type Change = Jobs['orders.change-many'];

const ACTIONS = ['tag', 'untag', 'ship', 'deliver'] as const;

/** Changes many orders, each in a transaction of its own; one that refuses does not stop the next. Again changes nothing more. */
export const changeMany: JobDefinition<Change> = {
  payload: Type.Object({
    orderIds: Type.Array(Type.Integer({ minimum: 1 }), { maxItems: 1000 }),
    action: Type.Union(ACTIONS.map((action) => Type.Literal(action))),
    tags: Type.Array(Type.String()),
    by: Type.String(),
  }),
  async handler({ payload, progress, signal }, services) {
    let changed = 0;
    for (const [index, id] of payload.orderIds.entries()) {
      if (signal.aborted) break;
      if (await changeOne(id, payload, services)) changed += 1;
      const words = `${changed} changed, ${index + 1 - changed} left as they are`;
      await progress(Math.floor(((index + 1) * 100) / payload.orderIds.length), words);
    }
  },
};

async function changeOne(id: Id, { action, tags, by }: Change, services: Cradle): Promise<boolean> {
  const { database, orders } = services;
  return database.transaction(async () => {
    const order = await lockOrder({ id }, services);
    if (!order) return false;
    if (action === 'ship' || action === 'deliver') {
      const done = action === 'ship' ? await orders.ship(id, {}) : await orders.deliver(id);
      if (done.ok) await writeTimeline({ orderId: id, kind: 'bulk', details: { action, by } }, services);
      return done.ok;
    }
    const after = tidyTags(
      action === 'tag' ? [...order.tags, ...tags] : order.tags.filter((tag) => !tags.includes(tag)),
    );
    if (after.join() === [...order.tags].join()) return false;
    await changeOrder(id, { tags: after }, services);
    const details = { before: order.tags, after, by };
    await writeTimeline({ orderId: id, kind: 'tagged', details }, services);
    return true;
  });
}
