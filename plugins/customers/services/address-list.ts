import {
  type Cradle,
  type CustomerBook,
  type Id,
  ok,
  type PostalAddress,
  refused,
  type SavedAddress,
} from 'kontor/sdk';
import { addressFaults } from './address-faults.ts';

type Row = { id: Id; content: PostalAddress; is_default_shipping: boolean; is_default_billing: boolean };
type Book = Pick<
  CustomerBook,
  'addresses' | 'addressesOf' | 'addressFaults' | 'removeAddress' | 'saveAddress'
>;

const COLUMNS = 'a.id, a.content, a.is_default_shipping, a.is_default_billing';

/**
 * Addresses that customers keep. The first one is the default for both; a new default takes the place of the old.
 *
 * @param profileOf - id of an account's profile, made when there is none yet
 */
export function createAddressList(
  { database, i18n, stores }: Pick<Cradle, 'database' | 'i18n' | 'stores'>,
  profileOf: (customerId: Id) => Promise<Id | undefined>,
): Book {
  const store = () => stores.current().id;

  function faultsOf(address: PostalAddress, locale?: string): Record<string, string> {
    const faults = Object.entries(addressFaults(address));
    return Object.fromEntries(
      faults.map(([field, { text, values }]) => [field, i18n.text(text, values, locale)]),
    );
  }

  return {
    addressFaults: faultsOf,
    addressesOf: async (profileId) => {
      const rows = await database.query<Row>(
        `select ${COLUMNS} from customers.addresses a where a.store_id = $1 and a.profile_id = $2 order by a.id`,
        [store(), profileId],
      );
      return rows.map(toAddress);
    },
    addresses: async (customerId) => {
      const rows = await database.read<Row>(
        'addresses',
        `select ${COLUMNS} from customers.profiles p join customers.addresses a on a.store_id = p.store_id and a.profile_id = p.id
         where p.store_id = $1 and a.store_id = $1 and p.customer_id = $2 order by a.id`,
        [store(), customerId],
      );
      return rows.map(toAddress);
    },
    async saveAddress(customerId, { id, isDefaultShipping, isDefaultBilling, ...given }) {
      const faults = faultsOf(given);
      if (Object.keys(faults).length > 0) return refused('badAddress', { faults });
      return database.transaction(async () => {
        const profileId = await profileOf(customerId);
        if (profileId === undefined) return refused('notFound');
        const known = await lockAll(profileId);
        const old = known.find((address) => address.id === id);
        if (id !== undefined && !old) return refused('notFound');
        const isFirst = known.length === 0;
        const flags = {
          shipping: isDefaultShipping ?? old?.is_default_shipping ?? isFirst,
          billing: isDefaultBilling ?? old?.is_default_billing ?? isFirst,
        };
        await makeRoom(profileId, flags);
        return ok(toAddress(await write({ id, profileId, content: tidy(given), ...flags })));
      });
    },
    async removeAddress(customerId, addressId) {
      const gone = await database.query(
        `delete from customers.addresses where store_id = $1 and id = $3 and profile_id =
           (select id from customers.profiles where store_id = $1 and customer_id = $2) returning id`,
        [store(), customerId, addressId],
      );
      return gone.length > 0 ? ok() : refused('notFound');
    },
  };

  /** The profile's row first, so that two first addresses at once do not both become the default. */
  async function lockAll(profileId: Id): Promise<Row[]> {
    const lock = 'select id from customers.profiles where store_id = $1 and id = $2 for update';
    await database.query(lock, [store(), profileId]);
    return database.query<Row>(
      `select ${COLUMNS} from customers.addresses a where a.store_id = $1 and a.profile_id = $2`,
      [store(), profileId],
    );
  }

  async function makeRoom(profileId: Id, flags: { shipping: boolean; billing: boolean }): Promise<void> {
    if (!flags.shipping && !flags.billing) return;
    await database.query(
      `update customers.addresses set is_default_shipping = is_default_shipping and not $3::boolean,
         is_default_billing = is_default_billing and not $4::boolean
       where store_id = $1 and profile_id = $2 and (is_default_shipping or is_default_billing)`,
      [store(), profileId, flags.shipping, flags.billing],
    );
  }

  async function write(address: {
    id: Id | undefined;
    profileId: Id;
    content: PostalAddress;
    shipping: boolean;
    billing: boolean;
  }): Promise<Row> {
    const { id, profileId, content, shipping, billing } = address;
    const values = [store(), profileId, JSON.stringify(content), shipping, billing];
    const [row] =
      id === undefined
        ? await database.query<Row>(
            `insert into customers.addresses as a (store_id, profile_id, content, is_default_shipping, is_default_billing)
             values ($1, $2, $3, $4, $5) returning ${COLUMNS}`,
            values,
          )
        : await database.query<Row>(
            `update customers.addresses a set content = $3, is_default_shipping = $4, is_default_billing = $5
             where a.store_id = $1 and a.profile_id = $2 and a.id = $6 returning ${COLUMNS}`,
            [...values, id],
          );
    return row!;
  }
}

function toAddress({ id, content, is_default_shipping, is_default_billing }: Row): SavedAddress {
  return { id, ...content, isDefaultShipping: is_default_shipping, isDefaultBilling: is_default_billing };
}

function tidy(address: PostalAddress): PostalAddress {
  const given = Object.entries<string | undefined>({ ...address }).filter(([, value]) => value !== undefined);
  const trimmed = Object.fromEntries(given.map(([name, value]) => [name, value!.trim()]));
  return { ...address, ...trimmed };
}
