import { defineMigration, tenantTable } from 'kontor/sdk';

export default defineMigration({
  up: [
    tenantTable('customers.groups', {
      columns: { code: 'text not null', title: 'text not null' },
      key: ['code'],
    }),
    tenantTable('customers.profiles', {
      columns: {
        version: 'bigint not null default 1',
        customer_id: 'bigint',
        email: 'text not null',
        first_name: "text not null default ''",
        last_name: "text not null default ''",
        phone: "text not null default ''",
        company: "text not null default ''",
        vat_number: "text not null default ''",
        locale: 'text',
        group_code: 'text',
        tags: "text[] not null default '{}'",
        note: "text not null default ''",
        accepts_marketing: 'boolean not null default false',
        marketing_at: 'timestamptz',
        is_disabled: 'boolean not null default false',
        order_count: 'bigint not null default 0',
        spent_amount: 'bigint not null default 0',
        last_order_at: 'timestamptz',
        created_at: 'timestamptz not null',
        changed_at: 'timestamptz not null',
        changed_by: 'text not null',
      },
      unique: { email: ['email'], customer: ['customer_id'] },
      references: { group: { columns: ['group_code'], to: 'customers.groups', toColumns: ['code'] } },
      indexes: {
        by_time: ['created_at', 'id'],
        by_group: { columns: ['group_code', 'created_at', 'id'], where: 'group_code is not null' },
      },
      checks: { email: 'email = lower(email)' },
    }),
    tenantTable('customers.addresses', {
      columns: {
        profile_id: 'bigint not null',
        content: 'jsonb not null',
        is_default_shipping: 'boolean not null default false',
        is_default_billing: 'boolean not null default false',
      },
      references: { profile: { columns: ['profile_id'], to: 'customers.profiles', onDelete: 'cascade' } },
      unique: {
        one_shipping: { columns: ['profile_id'], where: 'is_default_shipping' },
        one_billing: { columns: ['profile_id'], where: 'is_default_billing' },
      },
      indexes: { by_profile: ['profile_id', 'id'] },
    }),
    tenantTable('customers.counted_orders', {
      columns: {
        order_id: 'bigint not null',
        profile_id: 'bigint not null',
        amount: 'bigint not null',
        refunded_amount: 'bigint not null default 0',
        is_cancelled: 'boolean not null default false',
        placed_at: 'timestamptz not null',
      },
      key: ['order_id'],
      references: { profile: { columns: ['profile_id'], to: 'customers.profiles', onDelete: 'cascade' } },
      indexes: { by_profile: ['profile_id', 'placed_at'] },
    }),
  ],
  down: [
    'drop table customers.counted_orders',
    'drop table customers.addresses',
    'drop table customers.profiles',
    'drop table customers.groups',
  ],
});
