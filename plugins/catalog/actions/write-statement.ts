/**
 * Writes products and all that is kept ready of them, at once. Rows come as JSON.
 *
 * $1 store, $2 products with their cards, $3 who, $4 currency, $5 variants, $6 price steps, then pairs of a product's id and
 * a value: $7 handles, $8 tags, $9 words, $10 pictures; $11 ids of products that were there before.
 */
export const WRITE = `with
  product as (
    insert into catalog.products (store_id, id, version, changed_by, handle, state, publish_at, unpublish_at, document,
      variants, created_at, updated_at)
    select $1, id, version, $3, handle, state, publish_at, unpublish_at, document, variants, created_at, updated_at
    from jsonb_to_recordset($2) as r(id bigint, version integer, handle text, state text, publish_at timestamptz,
      unpublish_at timestamptz, document jsonb, variants jsonb, created_at timestamptz, updated_at timestamptz)
    on conflict (store_id, id) do update set version = excluded.version, changed_by = excluded.changed_by,
      handle = excluded.handle, state = excluded.state, publish_at = excluded.publish_at,
      unpublish_at = excluded.unpublish_at, document = excluded.document, variants = excluded.variants,
      updated_at = excluded.updated_at
    returning id),
  card as (
    insert into catalog.cards (store_id, product_id, kind, tax_class, state, publish_at, unpublish_at, vendor, type,
      title_key, currency, min_amount, max_amount, created_at, updated_at, card, texts)
    select $1, product_id, kind, tax_class, state, publish_at, unpublish_at, vendor, type, title_key, $4, min_amount,
      max_amount, created_at, updated_at, card, texts
    from jsonb_to_recordset($2) as r(product_id bigint, kind text, tax_class text, state text, publish_at timestamptz,
      unpublish_at timestamptz, vendor text, type text, title_key text, min_amount bigint, max_amount bigint,
      created_at timestamptz, updated_at timestamptz, card jsonb, texts jsonb)
    on conflict (store_id, product_id) do update set kind = excluded.kind, tax_class = excluded.tax_class,
      state = excluded.state, publish_at = excluded.publish_at, unpublish_at = excluded.unpublish_at,
      vendor = excluded.vendor, type = excluded.type, title_key = excluded.title_key, currency = excluded.currency,
      min_amount = excluded.min_amount, max_amount = excluded.max_amount, updated_at = excluded.updated_at,
      card = excluded.card, texts = excluded.texts
    returning product_id),
  variant as (
    insert into catalog.variants (store_id, id, product_id, sku, barcode, currency, amount, document, picture)
    select $1, id, product_id, sku, barcode, $4, amount, document, picture
    from jsonb_to_recordset($5) as r(id bigint, product_id bigint, sku text, barcode text, amount bigint, document jsonb,
      picture jsonb)
    on conflict (store_id, id) do update set sku = excluded.sku, barcode = excluded.barcode,
      currency = excluded.currency, amount = excluded.amount, document = excluded.document, picture = excluded.picture
    returning id),
  price as (
    insert into catalog.price_history (store_id, variant_id, currency, amount, changed_at)
    select $1, variant_id, currency, amount, changed_at
    from jsonb_to_recordset($6) as r(variant_id bigint, currency text, amount bigint, changed_at timestamptz)
    returning id),
  handle as (
    insert into catalog.handles (store_id, handle, product_id, is_current)
    select $1, value, id, true from jsonb_to_recordset($7) as r(id bigint, value text)
    on conflict (store_id, handle) do update set product_id = excluded.product_id, is_current = true
    returning handle),
  old_handle as (
    update catalog.handles h set is_current = false where h.store_id = $1 and h.product_id = any($11) and h.is_current
      and not exists (select from jsonb_to_recordset($7) as r(id bigint, value text) where r.value = h.handle)
    returning h.handle),
  tag as (
    insert into catalog.tags (store_id, tag, product_id)
    select $1, value, id from jsonb_to_recordset($8) as r(id bigint, value text) on conflict do nothing returning tag),
  old_tag as (
    delete from catalog.tags t where t.store_id = $1 and t.product_id = any($11) and not exists (
      select from jsonb_to_recordset($8) as r(id bigint, value text) where r.id = t.product_id and r.value = t.tag)
    returning t.tag),
  word as (
    insert into catalog.words (store_id, word, product_id)
    select $1, value, id from jsonb_to_recordset($9) as r(id bigint, value text) on conflict do nothing returning word),
  old_word as (
    delete from catalog.words w where w.store_id = $1 and w.product_id = any($11) and not exists (
      select from jsonb_to_recordset($9) as r(id bigint, value text) where r.id = w.product_id and r.value = w.word)
    returning w.word),
  picture as (
    insert into catalog.pictures (store_id, media_id, product_id)
    select $1, value, id from jsonb_to_recordset($10) as r(id bigint, value bigint) on conflict do nothing
    returning media_id),
  old_picture as (
    delete from catalog.pictures i where i.store_id = $1 and i.product_id = any($11) and not exists (
      select from jsonb_to_recordset($10) as r(id bigint, value bigint) where r.id = i.product_id and r.value = i.media_id)
    returning i.media_id)
  select count(*) as written from product`;
