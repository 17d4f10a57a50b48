import type { Cradle } from 'kontor/sdk';
import type { MailSettings } from './settings.ts';

export type Sender = {
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo?: string;
};

/** Who a mail is from: the current store by its name, else the platform. */
export function senderOf(
  settings: MailSettings,
  { platform, stores }: Pick<Cradle, 'platform' | 'stores'>,
): Sender {
  const store = stores.maybeCurrent();
  const own = store && settings.storesMayUseOwnAddress ? settings.senderAddress : '';
  const address = own || settings.from || `no-reply@${new URL(platform.origin).hostname}`;
  const name = store ? settings.senderName || store.name : settings.fromName;
  return { from: { name, address }, ...(store && settings.replyTo ? { replyTo: settings.replyTo } : {}) };
}
