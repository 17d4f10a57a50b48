import type { SavedAddress } from 'kontor/sdk';
import type { Customer } from '../data/customer.ts';
import type { Page } from '../page.ts';
import { defineDrop, no, none, nothing, plainDrop } from './drop.ts';
import { cents } from './money.ts';

type Self = { readonly page: Page; readonly customer: Customer };

export const customerDrop = defineDrop<Self>('customer', {
  id: ({ customer }) => customer.id,
  email: ({ customer }) => customer.email,
  first_name: ({ customer }) => customer.profile?.firstName ?? '',
  last_name: ({ customer }) => customer.profile?.lastName ?? '',
  name: ({ customer: { profile, email } }) =>
    [profile?.firstName, profile?.lastName].filter(Boolean).join(' ') || email,
  phone: ({ customer }) => customer.profile?.phone ?? '',
  has_account: () => true,
  accepts_marketing: ({ customer }) => customer.profile?.acceptsMarketing ?? false,
  tags: ({ customer }) => customer.profile?.tags ?? [],
  orders_count: ({ customer }) => customer.profile?.orderCount ?? 0,
  total_spent: ({ customer, page }) => cents(customer.profile?.spentAmount ?? 0, page.store.currency),
  addresses: ({ customer }) => customer.addresses.map((address) => addressDrop(address)),
  addresses_count: ({ customer }) => customer.addresses.length,
  default_address: ({ customer: { addresses } }) => {
    const found = addresses.find(({ isDefaultShipping }) => isDefaultShipping) ?? addresses[0];
    return found ? addressDrop(found) : null;
  },
  new_address: () => plainDrop({ id: 'new' }),
  orders: nothing,
  last_order: none,
  tax_exempt: no,
  payment_methods: nothing,
  'b2b?': no,
  company_available_locations: nothing,
  company_available_locations_count: () => 0,
  current_company: none,
  current_location: none,
  'has_avatar?': no,
  store_credit_account: none,
});

export const addressDrop = defineDrop<SavedAddress>('address', {
  id: ({ id }) => id,
  first_name: ({ firstName }) => firstName,
  last_name: ({ lastName }) => lastName,
  name: ({ firstName, lastName }) => `${firstName} ${lastName}`.trim(),
  company: ({ company }) => company ?? '',
  address1: ({ line1 }) => line1,
  address2: ({ line2 }) => line2 ?? '',
  street: ({ line1, line2 }) => [line1, line2].filter(Boolean).join(', '),
  city: ({ city }) => city,
  zip: ({ postalCode }) => postalCode,
  province: ({ region }) => region ?? '',
  province_code: ({ region }) => region ?? '',
  country: ({ country }) => new Intl.DisplayNames(['en'], { type: 'region' }).of(country) ?? country,
  country_code: ({ country }) => country,
  phone: ({ phone }) => phone ?? '',
  url: ({ id }) => `/account/addresses/${id}`,
  summary: ({ line1, city }) => `${line1}, ${city}`,
});
