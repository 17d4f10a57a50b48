import { defineMigration, tenantTable } from 'kontor/sdk';

/** What a buyer said on the way from a cart to an order. `agreed` is what they pressed the button on. */
export default defineMigration({
  up: [
    tenantTable('checkout.checkouts', {
      columns: {
        cart_id: 'bigint not null',
        key: 'text not null',
        cart_digest: 'text not null',
        locale: 'text not null',
        email: "text not null default ''",
        ship_to: 'jsonb',
        bill_to: 'jsonb',
        is_bill_same: 'boolean not null default true',
        rate_code: 'text',
        accepts_marketing: 'boolean not null default false',
        agreed: 'jsonb',
        payment_id: 'bigint',
        order_id: 'bigint',
        returned: "jsonb not null default '[]'",
        returned_at: 'timestamptz',
        created_at: 'timestamptz not null',
        updated_at: 'timestamptz not null',
      },
      key: ['cart_id'],
      unique: { by_key: ['key'] },
      indexes: {
        by_digest: ['cart_digest'],
        by_time: ['updated_at', 'cart_id'],
        by_return: { columns: ['returned_at', 'cart_id'], where: 'returned_at is not null' },
      },
    }),
  ],
  down: ['drop table checkout.checkouts'],
});
