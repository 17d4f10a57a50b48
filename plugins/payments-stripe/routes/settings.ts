import { type Cradle, ok, refused, route, type StoreRef, Type } from 'kontor/sdk';
import { modeOf, type Values } from '../services/settings.ts';

const address = { surface: 'store', path: '/payments/stripe/settings' } as const;
const text = Type.Optional(Type.Union([Type.String({ maxLength: 300 }), Type.Null()]));

export const readSettings = route({
  ...address,
  method: 'GET',
  access: { permission: 'payments.read' },
  summary: 'Keys of Stripe, secrets as whether there are any; and the address for its webhook',
  handler: ({ store }, services) => shown(store, services),
});

export const changeSettings = route({
  ...address,
  method: 'PATCH',
  access: { permission: 'payments.manage' },
  summary: 'Changes them; null takes a value back',
  body: Type.Object({
    secretKey: text,
    publishableKey: text,
    webhookSecret: text,
    capture: Type.Optional(Type.Union([Type.Literal('manual'), Type.Literal('automatic'), Type.Null()])),
  }),
  async handler({ body, store }, services) {
    const { settings } = services;
    const after = { ...(await settings.get<Values>()), ...body };
    const modes = [after.secretKey, after.publishableKey].flatMap((key) => modeOf(key ?? '') ?? []);
    if (new Set(modes).size > 1) return refused('mixedKeys');
    const saved = await settings.set(body);
    return saved.ok ? ok(await shown(store, services)) : saved;
  },
});

async function shown({ id }: StoreRef, { platform, settings }: Cradle) {
  const { secretKey, webhookSecret, publishableKey, capture } = await settings.get<Values>();
  return {
    values: { publishableKey, capture, secretKey: null, webhookSecret: null },
    hasSecretKey: secretKey !== '',
    hasWebhookSecret: webhookSecret !== '',
    mode: modeOf(secretKey) ?? null,
    webhookAddress: `${platform.origin}/hooks/payments-stripe/${id}`,
  };
}
