import { type Cradle, ok, refused } from 'kontor/sdk';
import { changing, type Entries } from './wish.ts';

const LIMIT = 'catalog.products';

/** Lets as many new ones in as the tier has room for; with more than it allows, those there are stay as they are. */
export async function fitLimit({ features }: Cradle, entries: Entries): Promise<Entries> {
  const wanted = changing(entries);
  const count = wanted.filter(({ existing }) => !existing).length;
  const writable = wanted.length > count ? await features.checkWritable(LIMIT) : ok();
  let room = count;
  let full: Record<string, unknown> = {};
  const used = count > 0 ? await features.use(LIMIT, count) : ok();
  if (!used.ok) {
    const { used: now, max } = await features.limit(LIMIT);
    room = Math.max(0, Math.min(count, (max ?? count) - now));
    full = used.details;
    if (room > 0 && !(await features.use(LIMIT, room)).ok) room = 0;
  }
  return entries.map((entry) => {
    if (!entry.ok || !entry.value.isChanged) return entry;
    if (entry.value.existing) return writable.ok ? entry : refused('overLimit', writable.details);
    room -= 1;
    return room >= 0 ? entry : refused('limitReached', full);
  });
}
