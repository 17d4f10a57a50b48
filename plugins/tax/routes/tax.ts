import { defineRoutes, route, Type } from 'kontor/sdk';

const read = { surface: 'store', access: { permission: 'tax.read' } } as const;
const country = Type.String({ pattern: '^[A-Z]{2}$' });
const place = Type.Object({ country, postalCode: Type.Optional(Type.String({ maxLength: 20 })) });
const Line = Type.Object({
  taxClass: Type.String({ minLength: 1, maxLength: 40 }),
  kind: Type.Optional(Type.Union([Type.Literal('goods'), Type.Literal('service'), Type.Literal('digital')])),
});

const listRates = route({
  ...read,
  method: 'GET',
  path: '/tax/rates',
  summary: 'VAT rates of a country, the store’s own when none is named; of one day, or all that are known',
  query: Type.Object({
    country: Type.Optional(country),
    date: Type.Optional(Type.String({ format: 'date' })),
  }),
  async handler({ query }, { tax }) {
    const { country, rates } = await tax.rates({
      ...(query.country && { country: query.country }),
      ...(query.date && { date: noon(query.date) }),
    });
    return { country, items: rates, next: null };
  },
});

const previewTax = route({
  ...read,
  method: 'POST',
  path: '/tax/preview',
  summary: 'What a buyer would pay, and by which rule; changes nothing',
  body: Type.Object({
    lines: Type.Array(Line, { minItems: 1, maxItems: 200 }),
    shipTo: Type.Optional(place),
    billTo: Type.Optional(place),
    date: Type.Optional(Type.String({ format: 'date' })),
  }),
  async handler({ body: { date, ...question } }, { tax }) {
    const { taxIncluded, taxRounding } = await tax.settings();
    return {
      taxIncluded,
      taxRounding,
      ...(await tax.decide({ ...question, ...(date && { date: noon(date) }) })),
    };
  },
});

export const routes = defineRoutes([listRates, previewTax]);

/** In the middle of the day, so that every zone of Europe is in that day. */
function noon(date: string): Date {
  return new Date(`${date}T11:00:00Z`);
}
