import type { Cradle, Notice, NoticeChannel } from 'kontor/sdk';
import { errors } from '../errors.ts';
import { renderLetter } from '../services/render-letter.ts';
import { senderOf } from '../services/sender.ts';
import { mailSettings } from '../services/settings.ts';
import { deliver, type Message } from '../services/transport.ts';
import { noticeTemplates } from './notice-templates.ts';

const HOUR = 3_600_000; // ms

/**
 * Invitations, resets and changes of addresses, by mail. They hold links that open an account, so that they are in no
 * table and no log; the kernel keeps them sealed and tries them again.
 */
export function noticeChannel(services: Cradle): NoticeChannel {
  async function send(notice: Notice): Promise<void> {
    const { clock, random, platform } = services;
    const message: Message = {
      ...senderOf(await mailSettings(services), services),
      to: { name: '', address: notice.to },
      ...(await words(notice, services)),
      messageId: `<${random.token()}@${new URL(platform.origin).hostname}>`,
      date: clock.now(),
      attachments: [],
      ...(notice.storeId === undefined ? {} : { storeId: notice.storeId }),
    };
    const delivery = await deliver(message, { settings: await mailSettings(services), platform });
    if (delivery.outcome === 'refused') throw new errors.MAIL_ERR_NOT_TAKEN(notice.kind, delivery.reason);
  }

  return {
    name: 'mail',
    deliver: (notice) =>
      notice.storeId === undefined
        ? send(notice)
        : services.platform.inStore(notice.storeId, () => send(notice)),
  };
}

async function words({ kind, link, expiresAt, locale }: Notice, services: Cradle) {
  const template = noticeTemplates.find(({ code }) => code === `mail.${kind}`)!;
  const left = expiresAt ? Math.max(expiresAt.getTime() - services.clock.now().getTime(), HOUR) : 0;
  const data = { link: link ?? '', hours: Math.round(left / HOUR), days: Math.round(left / (24 * HOUR)) };
  const rendered = await renderLetter({ template, locale, data }, services);
  if (!rendered.ok)
    throw new errors.MAIL_ERR_BROKEN_TEMPLATE(template.code, String(rendered.details.message));
  const { subject, html, text } = rendered.value;
  return { subject, html, text };
}
