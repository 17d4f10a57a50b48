/** Counts the lines of a day. An event may come twice; the inbox lets each count once. */
export async function countEntry(event, { database, inbox, stores }) {
  await inbox.once('guestbook.signed', event.id, async () => {
    await database.query(
      `insert into guestbook.days (store_id, day, entries) values ($1, $2, 1)
       on conflict (store_id, day) do update set entries = days.entries + 1`,
      [stores.current().id, event.payload.day],
    );
  });
}
