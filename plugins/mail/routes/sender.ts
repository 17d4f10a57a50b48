import { type Json, route, Type } from 'kontor/sdk';
import { type MailSettings, mailSettings } from '../services/settings.ts';

const OWN = ['senderName', 'senderAddress', 'replyTo', 'footer', 'accentColour'] as const;
const ofStore = { surface: 'store', access: { permission: 'mail.manage' } } as const;
const text = Type.Optional(Type.Union([Type.String({ maxLength: 1000 }), Type.Null()]));

export const readSender = route({
  ...ofStore,
  method: 'GET',
  path: '/mail/sender',
  summary: 'Who the store’s mails are from, and how they look',
  handler: async (_, services) => senderSettings(await mailSettings(services)),
});

export const saveSender = route({
  ...ofStore,
  method: 'PATCH',
  path: '/mail/sender',
  summary: 'Changes it; null takes the usual again',
  body: Type.Object({
    senderName: text,
    senderAddress: text,
    replyTo: text,
    footer: text,
    accentColour: text,
  }),
  async handler({ body }, services) {
    const saved = await services.settings.set(body as Record<string, Json>);
    return saved.ok ? senderSettings(await mailSettings(services)) : saved;
  },
});

function senderSettings(settings: MailSettings) {
  const { storesMayUseOwnAddress: mayUseOwnAddress } = settings;
  return { ...Object.fromEntries(OWN.map((name) => [name, settings[name]])), mayUseOwnAddress };
}
