import { actorName, type Cradle, type CustomerBook, type Id } from 'kontor/sdk';

type Buyer = Parameters<CustomerBook['remember']>[0];
type Needs = Pick<Cradle, 'clock' | 'customers' | 'database' | 'stores'>;

// The account's own profile is completed; else the one of the address, which an account takes over from a guest; else a new
// one. What is known already stays, and a box that was not ticked takes no consent back.
const REMEMBER = `with own as (
    update customers.profiles set first_name = case when first_name = '' then $4::text else first_name end,
      last_name = case when last_name = '' then $5::text else last_name end, locale = coalesce(locale, $6::text),
      accepts_marketing = accepts_marketing or $7::boolean,
      marketing_at = case when $7::boolean and not accepts_marketing then $8::timestamptz else marketing_at end
    where store_id = $1 and customer_id = $3::bigint returning id),
  other as (
    insert into customers.profiles as p (store_id, email, customer_id, first_name, last_name, locale, accepts_marketing,
      marketing_at, created_at, changed_at, changed_by)
    select $1::bigint, $2::text, $3::bigint, $4::text, $5::text, $6::text, $7::boolean,
      case when $7::boolean then $8::timestamptz end, $8::timestamptz, $8::timestamptz, $9::text
    where not exists (select 1 from own)
    on conflict (store_id, email) do update set customer_id = coalesce(p.customer_id, excluded.customer_id),
      first_name = case when p.first_name = '' then excluded.first_name else p.first_name end,
      last_name = case when p.last_name = '' then excluded.last_name else p.last_name end,
      locale = coalesce(p.locale, excluded.locale), accepts_marketing = p.accepts_marketing or excluded.accepts_marketing,
      marketing_at = coalesce(p.marketing_at, excluded.marketing_at)
    where excluded.customer_id is null or p.customer_id is null or p.customer_id = excluded.customer_id
    returning id)
  select id from own union all select id from other`;

/** Makes or completes the profile of a buyer: one statement. @returns its id */
export async function rememberBuyer(buyer: Buyer, services: Needs): Promise<Id> {
  const known = await write(buyer, services);
  if (known !== undefined) return known;
  // An account that has no profile yet gave the address of somebody else's: the profile gets the account's own.
  const account = buyer.customerId === null ? undefined : await services.customers.find(buyer.customerId);
  const own = account && (await write({ ...buyer, email: account.email }, services));
  return own ?? (await write({ ...buyer, customerId: null }, services))!;
}

async function write(buyer: Buyer, { clock, database, stores }: Needs): Promise<Id | undefined> {
  const { customerId, firstName = '', lastName = '', locale = null, acceptsMarketing = false } = buyer;
  const [row] = await database.read<{ id: Id }>('remember', REMEMBER, [
    ...[stores.current().id, buyer.email.trim().toLowerCase(), customerId, firstName, lastName, locale],
    ...[acceptsMarketing, clock.now(), actorName(stores.actor())],
  ]);
  return row?.id;
}
