import { ok, refused, route, Type } from 'kontor/sdk';
import { isIban, type Values } from '../services/settings.ts';

const address = { surface: 'store', path: '/payments/manual/settings' } as const;

export const readSettings = route({
  ...address,
  method: 'GET',
  access: { permission: 'payments.read' },
  summary: 'Account for bank transfers, and which manual ways to pay there are',
  handler: async (_, { settings }) => ({ values: await settings.get<Values>() }),
});

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Optional(Type.Union([schema, Type.Null()]));

export const changeSettings = route({
  ...address,
  method: 'PATCH',
  access: { permission: 'payments.manage' },
  summary: 'Changes them; null takes a value back',
  body: Type.Object({
    iban: nullable(Type.String({ maxLength: 50 })),
    bic: nullable(Type.String({ maxLength: 20 })),
    accountHolder: nullable(Type.String()),
    instructions: nullable(Type.String()),
    hasCashOnDelivery: nullable(Type.Boolean()),
    hasInvoice: nullable(Type.Boolean()),
    invoiceDays: nullable(Type.Integer()),
  }),
  async handler({ body }, { settings }) {
    const iban = body.iban?.replaceAll(/\s/g, '').toUpperCase();
    if (iban && !isIban(iban)) return refused('badIban');
    const saved = await settings.set({ ...body, ...(iban === undefined ? {} : { iban }) });
    return saved.ok ? ok({ values: await settings.get<Values>() }) : saved;
  },
});
