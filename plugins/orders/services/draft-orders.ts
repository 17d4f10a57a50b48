import {
  actorName,
  type Cradle,
  type DraftOrder,
  type DraftOrders,
  type Id,
  type ManualOrder,
  ok,
  readCursor,
  refused,
  writeCursor,
} from 'kontor/sdk';
import { createOrder } from '../actions/create-order.ts';
import { changedFrom } from './changed-from.ts';
import { composeOrder } from './compose-order.ts';

const COLUMNS = 'id, version, content, changed_at, changed_by';

type Row = { id: Id; version: number; content: ManualOrder; changed_at: Date; changed_by: string };

/** Manual orders of the current store that are not placed yet. */
export function createDraftOrders(services: Cradle): DraftOrders {
  const { clock, database, stores } = services;
  const store = () => stores.current().id;

  async function find(id: Id, lock = ''): Promise<DraftOrder | undefined> {
    const [row] = await database.query<Row>(
      `select ${COLUMNS} from orders.draft_orders where store_id = $1 and id = $2 ${lock}`,
      [store(), id],
    );
    return row && toDraft(row);
  }

  async function remove(id: Id) {
    const gone = await database.query(
      'delete from orders.draft_orders where store_id = $1 and id = $2 returning id',
      [store(), id],
    );
    return gone.length > 0 ? ok() : refused('notFound');
  }

  return {
    find,
    remove,
    async list({ cursor, limit = 50 } = {}) {
      const most = Math.min(limit, 100);
      const after = readCursor(cursor, { isTime: true });
      const rows = await database.query<Row & { exact_at: string }>(
        `select ${COLUMNS}, changed_at::text as exact_at from orders.draft_orders
         where store_id = $1 and ($3::timestamptz is null or (changed_at, id) < ($3::timestamptz, $4::bigint))
         order by changed_at desc, id desc limit $2`,
        [store(), most + 1, after?.value ?? null, after?.id ?? null],
      );
      const page = rows.slice(0, most);
      const last = page.at(-1);
      const next = rows.length > most && last ? writeCursor({ value: last.exact_at, id: last.id }) : null;
      return { drafts: page.map(toDraft), next };
    },
    async save(order, known) {
      const values = [store(), JSON.stringify(order), clock.now(), actorName(stores.actor())];
      if (!known) {
        const [row] = await database.query<Row>(
          `insert into orders.draft_orders (store_id, content, changed_at, changed_by) values ($1, $2, $3, $4)
           returning ${COLUMNS}`,
          values,
        );
        return ok(toDraft(row!));
      }
      return database.transaction(async () => {
        const draft = await find(known.id, 'for update');
        if (!draft) return refused('notFound');
        const changed = changedFrom(draft, known.version);
        if (changed) return changed;
        const [row] = await database.query<Row>(
          `update orders.draft_orders set content = $2, changed_at = $3, changed_by = $4, version = version + 1
           where store_id = $1 and id = $5 returning ${COLUMNS}`,
          [...values, known.id],
        );
        return ok(toDraft(row!));
      });
    },
    async totals(order) {
      const composed = await composeOrder(order, services);
      return composed.ok ? ok(composed.value.totals) : composed;
    },
    place: (id) =>
      database.transaction(async () => {
        const draft = await find(id, 'for update');
        if (!draft) return refused('notFound');
        const created = await createOrder(draft.order, services);
        if (created.ok) await remove(id);
        return created;
      }),
  };
}

function toDraft({ id, version, content, changed_at, changed_by }: Row): DraftOrder {
  return { id, version, order: content, changedAt: changed_at, changedBy: changed_by };
}
