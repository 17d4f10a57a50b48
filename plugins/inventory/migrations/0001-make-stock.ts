import { defineMigration, tenantTable } from 'kontor/sdk';

const locations = tenantTable('inventory.locations', {
  columns: {
    version: 'integer not null default 1',
    name: 'text not null',
    address: "text not null default ''",
    is_default: 'boolean not null default false',
    position: 'integer not null default 0',
    created_at: 'timestamptz not null',
    changed_at: 'timestamptz not null',
    changed_by: 'text not null',
  },
  unique: { one_name: ['lower(name)'], one_default: { columns: ['is_default'], where: 'is_default' } },
  indexes: { by_position: ['position', 'id'] },
});

/**
 * What a variant has over all locations: one row to read, and the row whose lock guards everything of its variant. The sums
 * are changed in the statement that changes the levels.
 */
const items = tenantTable('inventory.items', {
  columns: {
    variant_id: 'bigint not null',
    is_tracked: 'boolean not null default false',
    is_back_order_allowed: 'boolean not null default false',
    on_hand: 'bigint not null default 0',
    reserved: 'bigint not null default 0',
    incoming: 'bigint not null default 0',
    // null takes the setting.
    low_at: 'integer',
    // Whether it was told that little is left; told again once it was above.
    is_low: 'boolean not null default false',
    updated_at: 'timestamptz not null',
  },
  key: ['variant_id'],
  indexes: { low: { columns: ['variant_id'], where: 'is_low' } },
  checks: {
    on_hand: 'on_hand >= 0',
    reserved: 'reserved >= 0',
    incoming: 'incoming >= 0',
    low_at: 'low_at >= 0',
  },
});

const levels = tenantTable('inventory.levels', {
  columns: {
    variant_id: 'bigint not null',
    location_id: 'bigint not null',
    on_hand: 'bigint not null',
    reserved: 'bigint not null default 0',
    // More is held than is there: by a back-order, or because somebody counted less than was held. Never by a plain sale.
    is_short: 'boolean not null default false',
    bin: "text not null default ''",
  },
  key: ['variant_id', 'location_id'],
  references: { location: { columns: ['location_id'], to: 'inventory.locations' } },
  indexes: { by_location: ['location_id', 'variant_id'] },
  checks: {
    on_hand: 'on_hand >= 0',
    reserved: 'reserved >= 0 and (is_short or reserved <= on_hand)',
  },
});

/** Who holds what. Location 0 holds what was not tracked when it was sold. */
const reservations = tenantTable('inventory.reservations', {
  columns: {
    reference: 'text not null',
    variant_id: 'bigint not null',
    location_id: 'bigint not null',
    quantity: 'bigint not null',
    expires_at: 'timestamptz',
    created_at: 'timestamptz not null',
  },
  key: ['reference', 'variant_id', 'location_id'],
  indexes: {
    of_variant: ['variant_id', 'expires_at'],
    by_end: { columns: ['expires_at'], where: 'expires_at is not null' },
  },
  checks: { quantity: 'quantity > 0' },
});

const movements = tenantTable('inventory.movements', {
  columns: {
    variant_id: 'bigint not null',
    location_id: 'bigint not null',
    kind: 'text not null',
    on_hand_before: 'bigint not null',
    on_hand_after: 'bigint not null',
    reserved_before: 'bigint not null',
    reserved_after: 'bigint not null',
    reference: "text not null default ''",
    reason: "text not null default ''",
    actor: 'text not null',
    at: 'timestamptz not null',
  },
  indexes: {
    of_level: ['variant_id', 'location_id', 'id'],
    by_reference: { columns: ['reference', 'id'], where: "reference <> ''" },
  },
  checks: {
    kind: `kind in ('reserve', 'release', 'fulfil', 'adjust', 'set', 'import', 'return', 'transfer', 'incoming', 'untrack')`,
  },
  insertOnly: true,
});

export default defineMigration({
  up: [locations, items, levels, reservations, movements],
  down: [
    'drop table inventory.movements',
    'drop table inventory.reservations',
    'drop table inventory.levels',
    'drop table inventory.items',
    'drop table inventory.locations',
  ],
});
