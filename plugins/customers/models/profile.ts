import type { CustomerProfile, Id } from 'kontor/sdk';

/** A row of `customers.profiles` as COLUMNS reads it. */
export type ProfileRow = {
  id: Id;
  version: number;
  customer_id: Id | null;
  email: string;
  first_name: string;
  last_name: string;
  phone: string;
  company: string;
  vat_number: string;
  locale: string | null;
  group_code: string | null;
  tags: string[];
  note: string;
  accepts_marketing: boolean;
  is_disabled: boolean;
  order_count: number;
  spent_amount: number;
  last_order_at: Date | null;
  created_at: Date;
};

export const COLUMNS = `id, version, customer_id, email, first_name, last_name, phone, company, vat_number, locale,
  group_code, tags, note, accepts_marketing, is_disabled, order_count, spent_amount, last_order_at, created_at`;

export function toProfile(row: ProfileRow): CustomerProfile {
  return {
    id: row.id,
    version: row.version,
    state: row.customer_id === null ? 'guest' : row.is_disabled ? 'disabled' : 'active',
    customerId: row.customer_id,
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
    phone: row.phone,
    company: row.company,
    vatNumber: row.vat_number,
    locale: row.locale,
    group: row.group_code ?? '',
    tags: row.tags,
    note: row.note,
    acceptsMarketing: row.accepts_marketing,
    orderCount: row.order_count,
    spentAmount: row.spent_amount,
    lastOrderAt: row.last_order_at,
    createdAt: row.created_at,
  };
}
