import { hash } from 'node:crypto';
import type { Cradle, Id, PostalAddress, ReturnedPayment } from 'kontor/sdk';

/** What the buyer pressed the button on. Completion orders this, whatever is changed in another tab meanwhile. */
export type Agreement = {
  readonly email: string;
  readonly shipTo: PostalAddress | null;
  readonly billTo: PostalAddress | null;
  readonly shipping: { readonly title: string; readonly amount: number } | null;
  /** What is bought, and how much of it: shipping was quoted for these goods, and other ones may cost as much. */
  readonly goods: string;
  readonly acceptsMarketing: boolean;
  readonly locale: string;
  readonly total: number;
  readonly currency: string;
  /** False when there is nothing to pay. */
  readonly isPaid: boolean;
  /** Whether the order comes before the money: bank transfer, on delivery. */
  readonly isLater: boolean;
  readonly paymentTitle: string;
};

/** A row of `checkout.checkouts`. */
export type CheckoutRow = {
  cartId: Id;
  /** 128 random bits: what the provider's return names. */
  key: string;
  locale: string;
  email: string;
  shipTo: PostalAddress | null;
  billTo: PostalAddress | null;
  isBillSame: boolean;
  rateCode: string | null;
  acceptsMarketing: boolean;
  agreed: Agreement | null;
  paymentId: Id | null;
  orderId: Id | null;
  returned: readonly ReturnedPayment[];
  updatedAt: Date;
};

/** What a buyer may say; undefined stays. */
export type Said = Partial<
  Pick<CheckoutRow, 'email' | 'shipTo' | 'billTo' | 'isBillSame' | 'rateCode' | 'acceptsMarketing' | 'locale'>
>;

const COLUMNS = `cart_id as "cartId", key, locale, email, ship_to as "shipTo", bill_to as "billTo",
  is_bill_same as "isBillSame", rate_code as "rateCode", accepts_marketing as "acceptsMarketing", agreed,
  payment_id as "paymentId", order_id as "orderId", returned, updated_at as "updatedAt"`;

type Needs = Pick<Cradle, 'clock' | 'database' | 'random' | 'stores'>;
type Checkouts = ReturnType<typeof checkoutsOf>;

/** Rows of checkouts in the current store: one for each cart that came this far. Each method is one statement. */
export function checkoutsOf({ clock, database, random, stores }: Needs) {
  return { find, lock, findByKey, findByCartToken, keep, agree, paidBy, orderedAs, noteReturn };

  async function find(cartId: Id): Promise<CheckoutRow | undefined> {
    return one(
      'find',
      `select ${COLUMNS} from checkout.checkouts where store_id = $1 and cart_id = $2`,
      cartId,
    );
  }

  /** Before the lock of the cart, everywhere, so that nobody waits for one another. */
  async function lock(cartId: Id): Promise<CheckoutRow | undefined> {
    return one(
      'lock',
      `select ${COLUMNS} from checkout.checkouts where store_id = $1 and cart_id = $2 for update`,
      cartId,
    );
  }

  async function findByKey(key: string): Promise<CheckoutRow | undefined> {
    return one(
      'find-by-key',
      `select ${COLUMNS} from checkout.checkouts where store_id = $1 and key = $2`,
      key,
    );
  }

  /** Finds the checkout of a cart that was ordered and is no longer found by its token. */
  async function findByCartToken(token: string): Promise<CheckoutRow | undefined> {
    return one(
      'find-by-cart-token',
      `select ${COLUMNS} from checkout.checkouts where store_id = $1 and cart_digest = $2
       order by updated_at desc limit 1`,
      digestOf(token),
    );
  }

  async function keep(input: {
    cartId: Id;
    token: string;
    locale: string;
    said: Said;
  }): Promise<CheckoutRow> {
    const { cartId, token, locale, said } = input;
    const json = (value: object | null | undefined) => (value ? JSON.stringify(value) : null);
    const [row] = await database.query<CheckoutRow>(
      `insert into checkout.checkouts as c (store_id, cart_id, key, cart_digest, locale, email, ship_to, bill_to,
         is_bill_same, rate_code, accepts_marketing, created_at, updated_at)
       values ($1, $2, $3, $4, coalesce($12, $5), coalesce($6, ''), $7, $8, coalesce($9, true), $10,
         coalesce($11, false), $13, $13)
       on conflict (store_id, cart_id) do update set
         cart_digest = excluded.cart_digest, locale = coalesce($12, c.locale), email = coalesce($6, c.email),
         ship_to = coalesce($7, c.ship_to), bill_to = coalesce($8, c.bill_to),
         is_bill_same = coalesce($9, c.is_bill_same), rate_code = coalesce($10, c.rate_code),
         accepts_marketing = coalesce($11, c.accepts_marketing), updated_at = $13
       returning ${COLUMNS}`,
      [
        stores.current().id,
        cartId,
        random.token(),
        digestOf(token),
        locale,
        said.email ?? null,
        json(said.shipTo),
        json(said.billTo),
        said.isBillSame ?? null,
        said.rateCode ?? null,
        said.acceptsMarketing ?? null,
        said.locale ?? null,
        clock.now(),
      ],
    );
    return row!;
  }

  /** The button was pressed. */
  async function agree(cartId: Id, agreed: Agreement): Promise<void> {
    await database.query(
      `update checkout.checkouts set agreed = $3, locale = $4, updated_at = $5 where store_id = $1 and cart_id = $2`,
      [stores.current().id, cartId, JSON.stringify(agreed), agreed.locale, clock.now()],
    );
  }

  async function paidBy(cartId: Id, paymentId: Id): Promise<void> {
    await database.query(
      'update checkout.checkouts set payment_id = $3 where store_id = $1 and cart_id = $2',
      [stores.current().id, cartId, paymentId],
    );
  }

  async function orderedAs(cartId: Id, orderId: Id): Promise<void> {
    await database.read(
      'ordered-as',
      'update checkout.checkouts set order_id = $3 where store_id = $1 and cart_id = $2',
      [stores.current().id, cartId, orderId],
    );
  }

  /** Money goes back: the last of these is what buyer and team see. */
  async function noteReturn(cartId: Id, returned: ReturnedPayment): Promise<void> {
    await database.query(
      `update checkout.checkouts set returned = returned || $3::jsonb, returned_at = $4, updated_at = $4
       where store_id = $1 and cart_id = $2`,
      [stores.current().id, cartId, JSON.stringify([returned]), clock.now()],
    );
  }

  async function one(name: string, sql: string, value: unknown): Promise<CheckoutRow | undefined> {
    return (await database.read<CheckoutRow>(name, sql, [stores.current().id, value]))[0];
  }
}

export type { Checkouts };

/** A cart's token is a key to it, so that a copy of this table opens no cart. */
function digestOf(token: string): string {
  return hash('sha256', token);
}
