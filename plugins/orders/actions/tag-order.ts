import { type Cradle, ok, type Id, refused, type Result } from 'kontor/sdk';
import { changeOrder } from '../services/change-order.ts';
import { lockOrder } from '../services/lock-order.ts';
import { tidyTags } from '../services/tidy-tags.ts';
import { writeTimeline } from '../services/write-timeline.ts';

/** Gives an order its tags: these, and no others. */
export async function tagOrder(
  id: Id,
  tags: readonly string[],
  services: Pick<Cradle, 'clock' | 'database' | 'stores'>,
): Promise<Result<readonly string[], 'notFound'>> {
  return services.database.transaction(async () => {
    const order = await lockOrder({ id }, services);
    if (!order) return refused('notFound');
    const tidy = tidyTags(tags);
    await changeOrder(id, { tags: tidy }, services);
    await writeTimeline(
      { orderId: id, kind: 'tagged', details: { before: order.tags, after: tidy } },
      services,
    );
    return ok(tidy);
  });
}
