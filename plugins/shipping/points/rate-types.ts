import { type ShippingRateType, Type } from 'kontor/sdk';
import { fitsPostalCodes } from '../services/postal-codes.ts';

const closed = { additionalProperties: false } as const;
const amount = (title: string) =>
  Type.Integer({ title, description: 'minor units', minimum: 0, maximum: 100_000_000 });
const steps = <const Step extends Parameters<typeof Type.Object>[0]>(title: string, step: Step) =>
  Type.Array(Type.Object(step, closed), { title, minItems: 1, maxItems: 50 });

/** The same for every parcel. */
const flat: ShippingRateType = {
  code: 'flat',
  title: 'One price',
  args: Type.Object({ amount: amount('Price') }, closed),
  quote: (args) => (args as { amount: number }).amount,
};

/** By the lightest step that the parcel fits; none when it is heavier than all. */
const byWeight: ShippingRateType = {
  code: 'by-weight',
  title: 'By weight',
  args: Type.Object(
    {
      steps: steps('Steps', {
        upToGrams: Type.Integer({ title: 'Up to', description: 'grams', minimum: 1, maximum: 100_000_000 }),
        amount: amount('Price'),
      }),
    },
    closed,
  ),
  quote(args, { weightGrams }) {
    const fitting = (args as { steps: { upToGrams: number; amount: number }[] }).steps
      .filter(({ upToGrams }) => weightGrams <= upToGrams)
      .sort((left, right) => left.upToGrams - right.upToGrams);
    return fitting[0]?.amount;
  },
};

/** By the highest step that the value of the goods reaches; none when it is below all. */
const byPrice: ShippingRateType = {
  code: 'by-price',
  title: 'By value of the goods',
  args: Type.Object(
    { steps: steps('Steps', { from: amount('From a value of'), amount: amount('Price') }) },
    closed,
  ),
  quote(args, { value }) {
    const reached = (args as { steps: { from: number; amount: number }[] }).steps
      .filter(({ from }) => from <= value.amount)
      .sort((left, right) => right.from - left.from);
    return reached[0]?.amount;
  },
};

/** The buyer comes to the shop. */
const pickup: ShippingRateType = {
  code: 'pickup',
  title: 'Pickup in the shop',
  args: Type.Object({ amount: Type.Optional(amount('Price')) }, closed),
  isPickup: true,
  quote: (args) => (args as { amount?: number }).amount ?? 0,
};

/** The shop brings it: near by, and from a value on that is worth the way. */
const localDelivery: ShippingRateType = {
  code: 'local-delivery',
  title: 'Local delivery',
  args: Type.Object(
    {
      amount: amount('Price'),
      minimum: Type.Optional(amount('From a value of')),
      postalCodes: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 24 }), {
          title: 'Postal codes',
          description: 'such as L-1*, 12?? or 1000..1999; those of the zone when left out',
          maxItems: 500,
        }),
      ),
    },
    closed,
  ),
  quote(args, { value, shipTo }) {
    const {
      amount,
      minimum = 0,
      postalCodes = [],
    } = args as {
      amount: number;
      minimum?: number;
      postalCodes?: string[];
    };
    return value.amount >= minimum && fitsPostalCodes(postalCodes, shipTo.postalCode) ? amount : undefined;
  },
};

export const rateTypes: readonly ShippingRateType[] = [flat, byWeight, byPrice, pickup, localDelivery];
