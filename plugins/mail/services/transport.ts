import type { Cradle, Id } from 'kontor/sdk';
import { putIntoOutbox } from './outbox.ts';
import type { Sender } from './sender.ts';
import type { MailSettings } from './settings.ts';
import { sendBySmtp } from './smtp.ts';

/** A mail as it goes out. */
export type Message = Sender & {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly messageId: string;
  readonly date: Date;
  readonly attachments: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly content: Buffer;
  }[];
  /** The store it speaks for; the platform when left out. */
  readonly storeId?: Id;
};

/** What is known afterwards. `refused`: it is known not to have gone out, for good or for now. */
export type Delivery =
  | { readonly outcome: 'sent'; readonly transport: 'smtp' | 'outbox' }
  | { readonly outcome: 'refused'; readonly isFinal: boolean; readonly reason: string };

/**
 * Hands a mail over: to the SMTP server, or to the outbox where none is set.
 *
 * @throws when nobody can tell whether it went out
 */
export async function deliver(
  message: Message,
  { settings, platform }: { settings: MailSettings } & Pick<Cradle, 'platform'>,
): Promise<Delivery> {
  if (settings.host !== '') return sendBySmtp(message, settings);
  try {
    await putIntoOutbox(message, { platform });
    return { outcome: 'sent', transport: 'outbox' };
  } catch (error) {
    // A full disk. Nobody was written to; the next try writes the same file again.
    return {
      outcome: 'refused',
      isFinal: false,
      reason: `The outbox takes nothing: ${(error as Error).message}`,
    };
  }
}
