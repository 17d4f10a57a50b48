import { hash } from 'node:crypto';
import type { Cradle, Id } from 'kontor/sdk';
import type { Line, Lines } from './lines.ts';

/** A cart as it is kept. */
export type Row = {
  readonly id: Id;
  readonly version: number;
  readonly state: 'open' | 'ordered';
  /** The cart that this one's lines and tokens went to. */
  readonly heirId: Id | null;
  readonly currency: string;
  readonly customerId: Id | null;
  readonly group: string;
  readonly note: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly discountCodes: readonly string[];
  readonly lines: readonly Line[];
  readonly nextLine: number;
};
export type NewRow = Lines & Pick<Row, 'currency' | 'customerId' | 'group'>;

const ROW = `c.id, c.version, c.state, c.heir_id as "heirId", c.currency, c.customer_id as "customerId", c.customer_group as "group", c.note,
  c.attributes, c.discount_codes as "discountCodes", c.lines, c.next_line as "nextLine"`;
const BY_ID = `select ${ROW} from cart.carts c where c.store_id = $1 and c.id = $2`;
const BY_TOKEN = `select ${ROW} from cart.tokens t join cart.carts c on c.store_id = $1 and c.id = t.cart_id
  where t.store_id = $1 and t.hash = $2`;
const OPEN_OF_CUSTOMER = `select ${ROW} from cart.carts c where c.store_id = $1 and c.customer_id = $2 and c.state = 'open'`;

export type Rows = ReturnType<typeof createRows>;

/** Carts in the database, one row each, of the current store. Tokens are kept as hashes. */
export function createRows({
  clock,
  database,
  random,
  stores,
}: Pick<Cradle, 'clock' | 'database' | 'random' | 'stores'>) {
  const { query, read } = database;
  const store = () => stores.current().id;
  const first = async (rows: Promise<Row[]>): Promise<Row | undefined> => (await rows)[0];

  const lock = (id: Id) => first(read<Row>('lock', `${BY_ID} for update of c`, [store(), id]));

  return {
    byId: (id: Id) => first(read<Row>('by-id', BY_ID, [store(), id])),
    byToken: async (token: string) =>
      isToken(token) ? first(read<Row>('by-token', BY_TOKEN, [store(), hashOf(token)])) : undefined,
    lock,
    /** While one waits for the lock, the lines may go to another cart: that is the one that is meant then. */
    async lockByToken(token: string): Promise<Row | undefined> {
      if (!isToken(token)) return undefined;
      const found = read<Row>('lock-by-token', `${BY_TOKEN} for update of c`, [store(), hashOf(token)]);
      let row = await first(found);
      while (row && row.heirId !== null) row = await lock(row.heirId);
      return row;
    },
    /** The newest one first. */
    ofCustomer: (customerId: Id) =>
      query<Row>(`${OPEN_OF_CUSTOMER} order by c.id desc`, [store(), customerId]),
    lockOfCustomer: (customerId: Id) =>
      query<Row>(`${OPEN_OF_CUSTOMER} order by c.id desc for update of c`, [store(), customerId]),

    /** With a token of its own. One statement. */
    async insert({
      lines,
      nextLine,
      currency,
      customerId,
      group,
    }: NewRow): Promise<{ row: Row; token: string }> {
      const token = random.token();
      const [row] = await query<Row>(
        `with c as (
           insert into cart.carts (store_id, currency, customer_id, customer_group, lines, next_line, created_at, updated_at)
           values ($1, $2, $3, $4, $5::jsonb, $6, $7, $7) returning *
         ), t as (
           insert into cart.tokens (store_id, hash, cart_id) select $1, $8, c.id from c returning hash
         )
         select ${ROW} from c, t`,
        [store(), currency, customerId, group, JSON.stringify(lines), nextLine, clock.now(), hashOf(token)],
      );
      return { row: row!, token };
    },

    /** Writes all that can change, and counts the version up. */
    async save(row: Row): Promise<Row> {
      const { id, customerId, group, note, attributes, discountCodes, lines, nextLine } = row;
      await read(
        'save',
        `update cart.carts set customer_id = $3, customer_group = $4, note = $5, attributes = $6::jsonb, discount_codes = $7,
           lines = $8::jsonb, next_line = $9, updated_at = $10, version = version + 1
         where store_id = $1 and id = $2 returning id`,
        [
          ...[store(), id, customerId, group, note, JSON.stringify(attributes), discountCodes],
          ...[JSON.stringify(lines), nextLine, clock.now()],
        ],
      );
      return { ...row, version: row.version + 1 };
    },

    async addToken(cartId: Id): Promise<string> {
      const token = random.token();
      const sql = 'insert into cart.tokens (store_id, hash, cart_id) values ($1, $2, $3)';
      await query(sql, [store(), hashOf(token), cartId]);
      return token;
    },

    /** Makes a cart the heir of others: their tokens lead to it, and they are nobody's. */
    async leadTo(cartId: Id, others: readonly Id[]): Promise<void> {
      await query(
        `with t as (
           update cart.tokens set cart_id = $2 where store_id = $1 and cart_id = any($3) returning hash
         )
         update cart.carts set customer_id = null, heir_id = $2 where store_id = $1 and id = any($3) returning id`,
        [store(), cartId, others],
      );
    },

    /** Whether it was open. */
    async markOrdered(id: Id, orderId: Id): Promise<boolean> {
      const rows = await read(
        'mark-ordered',
        `update cart.carts set state = 'ordered', order_id = $3, updated_at = $4, version = version + 1
         where store_id = $1 and id = $2 and state = 'open' returning id`,
        [store(), id, orderId, clock.now()],
      );
      return rows.length > 0;
    },

    async dropBefore(time: Date): Promise<number> {
      const rows = await query(
        `delete from cart.carts where store_id = $1 and id in (
           select id from cart.carts where store_id = $1 and updated_at < $2 order by updated_at limit 500
         ) returning id`,
        [store(), time],
      );
      return rows.length;
    },
  };
}

/** Whether it can be a token at all, as `random.token` makes them. */
export function isToken(text: string): boolean {
  return /^[\w-]{22}$/.test(text);
}

function hashOf(token: string): string {
  return hash('sha256', token, 'base64url');
}
