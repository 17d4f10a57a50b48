import { ok, refused } from 'kontor/sdk';
import { errors } from '../errors.js';

const LIMIT = 'guestbook.entries';

/** What other plugins, the routes and the jobs of this one do with a store's guest book. */
export function createGuestbook({ clock, database, events, features, hooks, points, stores }) {
  const store = () => stores.current().id;

  /** An entry with the badges that plugins give it. */
  function withBadges(entry) {
    const badges = points.of('guestbookBadges').flatMap((badge) => badge(entry) ?? []);
    return { id: entry.id, name: entry.name, text: entry.text, answer: entry.answer, badges };
  }

  return {
    /**
     * Writes a line into the book.
     *
     * @returns the entry, or why not: what a guard says, or `limitReached`
     */
    async sign({ name, text }) {
      const allowed = await hooks.guard('guestbook.sign', { name });
      if (!allowed.ok) return allowed;
      const tidy = await hooks.filter('guestbook.text', text);
      return database.transaction(async () => {
        const room = await features.use(LIMIT);
        if (!room.ok) return room;
        const now = clock.now();
        const [entry] = await database.query(
          `insert into guestbook.entries (store_id, name, text, written_at) values ($1, $2, $3, $4)
           returning id, name, text, answer`,
          [store(), name, tidy, now],
        );
        const payload = { entryId: entry.id, day: now.toISOString().slice(0, 10) };
        await events.emit('guestbook.signed', payload, { entity: `entry:${entry.id}` });
        return ok(withBadges(entry));
      });
    },
    /** Entries from the newest, 20 at a time; `before` is the id of the last one seen. */
    async entries({ before } = {}) {
      const rows = await database.read(
        'entries',
        `select id, name, text, answer from guestbook.entries
         where store_id = $1 and id < $2 order by id desc limit 20`,
        [store(), before ?? Number.MAX_SAFE_INTEGER],
      );
      return rows.map(withBadges);
    },
    /** @throws GUESTBOOK_ERR_NO_ENTRY when it is not this store's */
    async find(id) {
      const [entry] = await database.query(
        'select id, name, text, answer from guestbook.entries where store_id = $1 and id = $2',
        [store(), id],
      );
      if (!entry) throw new errors.GUESTBOOK_ERR_NO_ENTRY(id);
      return withBadges(entry);
    },
    /** Answers a guest, when the entries are not more than the store may have. */
    async answer(id, text) {
      const writable = await features.checkWritable(LIMIT);
      if (!writable.ok) return writable;
      const [entry] = await database.query(
        `update guestbook.entries set answer = $3 where store_id = $1 and id = $2
         returning id, name, text, answer`,
        [store(), id, text],
      );
      return entry ? ok(withBadges(entry)) : refused('notFound');
    },
    async remove(id) {
      return database.transaction(async () => {
        const gone = await database.query(
          'delete from guestbook.entries where store_id = $1 and id = $2 returning id',
          [store(), id],
        );
        if (gone.length === 0) return refused('notFound');
        await features.release(LIMIT);
        return ok();
      });
    },
    /** Removes entries written before a time, at most 500 of them; answers how many. */
    async dropBefore(time) {
      return database.transaction(async () => {
        const gone = await database.query(
          `delete from guestbook.entries where store_id = $1 and id in (
             select id from guestbook.entries where store_id = $1 and written_at < $2 order by id limit 500)
           returning id`,
          [store(), time],
        );
        if (gone.length > 0) await features.release(LIMIT, gone.length);
        return gone.length;
      });
    },
    /** Lines written on a day, e.g. `2026-11-23`. */
    async writtenOn(day) {
      const [row] = await database.query(
        'select entries from guestbook.days where store_id = $1 and day = $2',
        [store(), day],
      );
      return row?.entries ?? 0;
    },
  };
}
