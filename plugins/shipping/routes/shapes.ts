import { Type } from 'kontor/sdk';

export const OneId = Type.Object({ id: Type.Integer({ minimum: 1 }) });
export const version = Type.Integer({ minimum: 1, description: 'the one that the change was made from' });

const text = (maxLength: number) => Type.String({ maxLength });
const common = {
  position: Type.Integer({ minimum: 0, maximum: 100_000 }),
  isActive: Type.Boolean(),
};
const zone = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  countries: Type.Array(Type.String({ pattern: '^([A-Z]{2}|\\*)$' }), { maxItems: 300, uniqueItems: true }),
  postalCodes: Type.Array(Type.String({ minLength: 1, maxLength: 24 }), {
    maxItems: 1000,
    uniqueItems: true,
  }),
};
const rate = {
  type: Type.String({ minLength: 1, maxLength: 60 }),
  args: Type.Record(Type.String(), Type.Unknown()),
  title: Type.String({ minLength: 1, maxLength: 200 }),
  description: text(1000),
  translations: Type.Record(
    Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' }),
    Type.Object({ title: Type.Optional(text(200)), description: Type.Optional(text(1000)) }),
  ),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  freeFrom: Type.Union([Type.Integer({ minimum: 0, maximum: 1_000_000_000 }), Type.Null()]),
};

export const ZoneChange = Type.Partial(Type.Object({ ...zone, ...common }));
export const NewZone = Type.Object({
  ...ZoneChange.properties,
  name: zone.name,
  countries: zone.countries,
});
export const RateChange = Type.Partial(Type.Object({ ...rate, ...common }));
export const NewRate = Type.Object({
  ...RateChange.properties,
  type: rate.type,
  args: rate.args,
  title: rate.title,
});
