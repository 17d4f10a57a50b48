import { defineRoutes, route, Type } from 'kontor/sdk';
import { NewRate, NewZone, OneId, RateChange, version, ZoneChange } from './shapes.ts';

const read = { surface: 'store', access: { permission: 'shipping.read' } } as const;
const manage = { surface: 'store', access: { permission: 'shipping.manage' } } as const;
const refusals = { notFound: 404, changed: 409, tooMany: 409 };

const zones = [
  route({
    ...read,
    method: 'GET',
    path: '/shipping/zones',
    summary: 'All zones with their rates, in order',
    handler: async (_, { shippingZones }) => ({ items: await shippingZones.list(), next: null }),
  }),
  route({
    ...manage,
    method: 'POST',
    path: '/shipping/zones',
    summary: 'Make a zone; countries by code, * for every place that no other zone fits',
    body: NewZone,
    refusals,
    async handler({ body, reply }, { shippingZones }) {
      const made = await shippingZones.createZone(body);
      if (made.ok) reply.status(201);
      return made;
    },
  }),
  route({
    ...manage,
    method: 'PATCH',
    path: '/shipping/zones/:id',
    summary: 'Change a zone',
    params: OneId,
    body: Type.Object({ ...ZoneChange.properties, version }),
    refusals,
    handler: ({ params, body }, { shippingZones }) => shippingZones.updateZone(params.id, body),
  }),
  route({
    ...manage,
    method: 'DELETE',
    path: '/shipping/zones/:id',
    summary: 'Remove a zone with its rates',
    params: OneId,
    refusals,
    handler: ({ params }, { shippingZones }) => shippingZones.removeZone(params.id),
  }),
];

const rates = [
  route({
    ...read,
    method: 'GET',
    path: '/shipping/rate-types',
    summary: 'Ways of making a price, with the schema of what each asks for',
    handler: (_, { shippingZones }) => ({ items: shippingZones.types(), next: null }),
  }),
  route({
    ...manage,
    method: 'POST',
    path: '/shipping/zones/:id/rates',
    summary: 'Add a rate to a zone',
    params: OneId,
    body: NewRate,
    refusals,
    async handler({ params, body, reply }, { shippingZones }) {
      const made = await shippingZones.createRate(params.id, body);
      if (made.ok) reply.status(201);
      return made;
    },
  }),
  route({
    ...manage,
    method: 'PATCH',
    path: '/shipping/rates/:id',
    summary: 'Change a rate',
    params: OneId,
    body: Type.Object({ ...RateChange.properties, version }),
    refusals,
    handler: ({ params, body }, { shippingZones }) => shippingZones.updateRate(params.id, body),
  }),
  route({
    ...manage,
    method: 'DELETE',
    path: '/shipping/rates/:id',
    summary: 'Remove a rate',
    params: OneId,
    refusals,
    handler: ({ params }, { shippingZones }) => shippingZones.removeRate(params.id),
  }),
  route({
    ...read,
    method: 'POST',
    path: '/shipping/preview',
    summary: 'What a buyer there would be offered; changes nothing',
    body: Type.Object({
      country: Type.String({ pattern: '^[A-Z]{2}$' }),
      postalCode: Type.Optional(Type.String({ maxLength: 20 })),
      weightGrams: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
      value: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
      currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
    }),
    async handler({ body, store }, { shipping }) {
      const { value = 0, weightGrams = 0, currency = store.currency, ...shipTo } = body;
      const parcel = { lines: [], weightGrams, value: { amount: value, currency }, shipTo };
      return { items: await shipping.quote(parcel), next: null };
    },
  }),
];

export const teamRoutes = defineRoutes([...zones, ...rates]);
