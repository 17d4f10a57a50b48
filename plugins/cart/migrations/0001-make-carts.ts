import { defineMigration, tenantTable } from 'kontor/sdk';

/**
 * A cart is one row, its lines being part of it: who has locked the row has seen all of it, and no line can come in between.
 * Several tokens may lead to one cart, as a customer has several devices.
 */
export default defineMigration({
  up: [
    tenantTable('cart.carts', {
      columns: {
        version: 'bigint not null default 1',
        state: "text not null default 'open'",
        order_id: 'bigint',
        // The cart that this one's lines went to, when a customer's carts became one.
        heir_id: 'bigint',
        currency: 'text not null',
        customer_id: 'bigint',
        customer_group: 'text not null',
        note: "text not null default ''",
        attributes: "jsonb not null default '{}'",
        discount_codes: "text[] not null default '{}'",
        lines: 'jsonb not null',
        next_line: 'bigint not null',
        created_at: 'timestamptz not null',
        updated_at: 'timestamptz not null',
      },
      indexes: {
        by_change: ['updated_at'],
        of_customer: { columns: ['customer_id'], where: "customer_id is not null and state = 'open'" },
      },
      checks: {
        state: "state in ('open', 'ordered')",
        order: "(state = 'ordered') = (order_id is not null)",
      },
    }),
    tenantTable('cart.tokens', {
      columns: { hash: 'text not null', cart_id: 'bigint not null' },
      key: ['hash'],
      references: { cart: { columns: ['cart_id'], to: 'cart.carts', onDelete: 'cascade' } },
      indexes: { of_cart: ['cart_id'] },
    }),
  ],
  down: ['drop table cart.tokens', 'drop table cart.carts'],
});
