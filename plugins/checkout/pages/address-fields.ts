import { html, type Html, type PostalAddress } from 'kontor/sdk';
import { selectField, textField } from './fields.ts';
import type { CheckoutView } from './view.ts';

type Asked = 'hidden' | 'optional' | 'required';

/**
 * The fields of an address.
 *
 * @param prefix - of the names: `shipTo[city]`
 * @param section - for browsers that fill in: `shipping` or `billing`
 * @param isLoose - for fields that may be hidden
 */
export function addressFields(
  view: CheckoutView,
  input: {
    prefix: 'shipTo' | 'billTo';
    section: 'shipping' | 'billing';
    address: Partial<PostalAddress> | null;
    countries: readonly string[];
    isLoose?: boolean;
  },
): Html {
  const { speech, settings } = view;
  const { prefix, section, address, countries, isLoose = false } = input;
  const { say } = speech;
  // Few countries have one in their addresses; it is asked for once it turned out to be needed.
  const region = `${prefix}[region]`;
  const isRegionAsked =
    Boolean(address?.region) || region in view.sent.faults || Boolean(view.sent.values[region]);
  type Name = keyof PostalAddress;
  const text = (name: Name, autocomplete: string, more: object = {}, asked: Asked = 'required') =>
    asked === 'hidden'
      ? ''
      : textField(view, {
          name: `${prefix}[${name}]`,
          label: say(`field.${name}`),
          value: address?.[name],
          autocomplete: `${section} ${autocomplete}`,
          isRequired: asked === 'required',
          isLoose,
          ...more,
        });
  return html`
    <div class="fields">
      ${selectField(view, {
        name: `${prefix}[country]`,
        label: say('field.country'),
        value: address?.country ?? countries.find((code) => code === view.homeCountry) ?? countries[0],
        autocomplete: `${section} country`,
        isRequired: true,
        options: speech.countries(countries),
      })}
      ${text('firstName', 'given-name', { columns: 3 })}
      ${text('lastName', 'family-name', { columns: 3 })}
      ${text('company', 'organization', {}, settings.company)}
      ${text('line1', 'address-line1')}
      ${text('line2', 'address-line2', {}, 'optional')}
      ${text('postalCode', 'postal-code', { columns: 2, maxLength: 20 })}
      ${text('city', 'address-level2', { columns: 4 })}
      ${isRegionAsked ? text('region', 'address-level1', {}, 'optional') : ''}
      ${
        prefix === 'shipTo'
          ? text(
              'phone',
              'tel',
              { type: 'tel', maxLength: 40, hint: say('field.phone.hint') },
              settings.phone,
            )
          : ''
      }
    </div>`;
}

/** An address as it stands on a parcel. */
export function addressLines({ speech }: Pick<CheckoutView, 'speech'>, address: PostalAddress): Html {
  const { firstName, lastName, company, line1, line2, postalCode, city, region, country } = address;
  const lines = [
    `${firstName} ${lastName}`,
    company,
    line1,
    line2,
    `${postalCode} ${city}`,
    region,
    speech.country(country),
  ];
  return html`<address>${lines.filter(Boolean).map((line) => html`<span>${line}</span>`)}</address>`;
}
