import { actorName, type Cradle, type Id } from 'kontor/sdk';

/** Writes down that something happened to an order, and who did it. */
export async function writeTimeline(
  entry: { orderId: Id; kind: string; details?: Readonly<Record<string, unknown>>; at?: Date | undefined },
  { clock, database, stores }: Pick<Cradle, 'clock' | 'database' | 'stores'>,
): Promise<void> {
  await database.query(
    'insert into orders.timeline (store_id, order_id, kind, actor, details, at) values ($1, $2, $3, $4, $5, $6)',
    [
      ...[stores.current().id, entry.orderId, entry.kind, actorName(stores.actor())],
      ...[JSON.stringify(entry.details ?? {}), entry.at ?? clock.now()],
    ],
  );
}
