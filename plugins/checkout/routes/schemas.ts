import { type PostalAddress, Type } from 'kontor/sdk';

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));

/** An address as it comes; what is wrong with it is said field by field, not by the schema. */
export const Address = Type.Object({
  firstName: text(120),
  lastName: text(120),
  company: text(120),
  line1: text(120),
  line2: text(120),
  postalCode: text(20),
  city: text(120),
  region: text(120),
  country: text(2),
  phone: text(40),
});

export const PATH = '^/(?![/\\\\])[^\\s\\\\]*$'; // of our own host, in no spelling another one

export const Details = Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 500 }), {
  maxProperties: 20,
});

type Given = { [Name in keyof PostalAddress]?: string | undefined };

/** With every field that an address needs, empty where nothing came. */
export function asAddress(given: Given): PostalAddress {
  const {
    firstName = '',
    lastName = '',
    line1 = '',
    postalCode = '',
    city = '',
    country = '',
    ...more
  } = given;
  return { ...more, firstName, lastName, line1, postalCode, city, country } as PostalAddress;
}
