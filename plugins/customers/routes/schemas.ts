import { Type } from 'kontor/sdk';

const text = (maxLength: number) => Type.String({ maxLength });
const someText = (maxLength: number) => Type.String({ minLength: 1, maxLength });

export const MINUTE = 60_000; // ms
export const Id = Type.Object({ id: Type.Integer({ minimum: 1 }) });
export const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$' });
/** Whatever is typed: an address that cannot be is answered like one nobody has. */
export const AnyEmail = text(254);
/** How good a password must be is judged where it is kept. */
export const Password = someText(1000);
export const Token = someText(200);
export const Locale = Type.String({ pattern: '^[a-z]{2,3}(-[A-Z]{2})?$' });

export const Page = {
  cursor: Type.Optional(text(200)),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
};

const address = {
  firstName: text(100),
  lastName: text(100),
  company: Type.Optional(text(200)),
  line1: text(200),
  line2: Type.Optional(text(200)),
  postalCode: text(20),
  city: text(100),
  region: Type.Optional(text(100)),
  country: Type.String({ pattern: '^[A-Z]{2}$' }),
  phone: Type.Optional(text(40)),
};
export const Address = Type.Object({
  ...address,
  isDefaultShipping: Type.Optional(Type.Boolean()),
  isDefaultBilling: Type.Optional(Type.Boolean()),
});

/** What people may say of themselves. */
export const own = {
  firstName: Type.Optional(text(100)),
  lastName: Type.Optional(text(100)),
  phone: Type.Optional(text(40)),
  company: Type.Optional(text(200)),
  vatNumber: Type.Optional(text(20)),
  locale: Type.Optional(Locale),
  acceptsMarketing: Type.Optional(Type.Boolean()),
};

/** What the team may say of them besides. */
export const all = {
  ...own,
  locale: Type.Optional(Type.Union([Locale, Type.Null()])),
  group: Type.Optional(text(40)),
  tags: Type.Optional(Type.Array(someText(60), { maxItems: 50 })),
  note: Type.Optional(text(5000)),
};
