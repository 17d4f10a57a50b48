import type pg from 'pg';

/* What the shop's API reads, as one would read it by hand: one query over the same tables, and no more. */

const FREE = 'not i.is_tracked or i.is_back_order_allowed or i.on_hand > i.reserved';
const VISIBLE = `p.state = 'active' and p.publish_at <= now() and (p.unpublish_at is null or p.unpublish_at > now())`;
const PRODUCT = `select p.id, p.handle, p.document, p.variants, p.created_at, p.updated_at, array(
    select i.variant_id from catalog.variants v
    join inventory.items i on i.store_id = $1 and i.variant_id = v.id
    where v.store_id = $1 and v.product_id = p.id and (${FREE})) as had
  from catalog.handles h join catalog.products p on p.store_id = $1 and p.id = h.product_id
  where h.store_id = $1 and h.handle = $2 and ${VISIBLE}`;
const LIST = `with page as materialized (
    select p.product_id, p.vendor, p.type, p.min_amount, p.max_amount, p.card, p.created_at
    from catalog.cards p where p.store_id = $1 and ${VISIBLE}
    order by p.created_at desc, p.product_id desc limit 25), had as (
    select v.product_id from catalog.variants v join inventory.items i on i.store_id = $1 and i.variant_id = v.id
    where v.store_id = $1 and v.product_id = any(array(select product_id from page)) and (${FREE}))
  select page.*, product_id in (select product_id from had) as had
  from page order by created_at desc, product_id desc`;

export async function bareProduct(pool: pg.Pool, storeId: number, handle: string): Promise<object> {
  const { rows } = await pool.query({ name: 'product', text: PRODUCT, values: [storeId, handle] });
  const { id, document, variants, had, created_at, updated_at } = rows[0];
  const { translations: _, taxClass: __, ...shown } = document;
  return {
    id: Number(id),
    handle: rows[0].handle,
    ...shown,
    variants: variants.map(({ costAmount: _, ...variant }: { id: number; costAmount: unknown }) => ({
      ...variant,
      currency: 'EUR',
      isAvailable: had.includes(String(variant.id)),
    })),
    isAvailable: had.length > 0,
    createdAt: created_at,
    updatedAt: updated_at,
  };
}

export async function bareList(pool: pg.Pool, storeId: number): Promise<object> {
  const { rows } = await pool.query({ name: 'list', text: LIST, values: [storeId] });
  const last = rows[23];
  const cursor = JSON.stringify(['newest', last.created_at, Number(last.product_id)]);
  return {
    items: rows.slice(0, 24).map(({ card, vendor, type, ...row }) => ({
      id: Number(row.product_id),
      ...card,
      vendor,
      type,
      minAmount: Number(row.min_amount),
      maxAmount: Number(row.max_amount),
      createdAt: row.created_at,
      currency: 'EUR',
      isAvailable: row.had,
    })),
    next: Buffer.from(cursor).toString('base64url'),
  };
}
