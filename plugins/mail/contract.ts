import type { Id, Result } from 'kontor/sdk';

declare module 'kontor/sdk' {
  /**
   * A kind of mail that a plugin sends: its words by language, as Liquid, and data to look at it with.
   *
   * Every template has `store.name` and `store.url` besides its own data, and the snippet
   * `{% render 'button', url: link, label: 'Pay now' %}`.
   */
  interface MailTemplate {
    /** `plugin.what`, e.g. `orders.confirmation`. */
    readonly code: string;
    readonly title: string;
    /** en, fr, de and lb at least. `html` is the part inside of the layout. */
    readonly texts: Readonly<
      Record<string, { readonly subject: string; readonly html: string; readonly text: string }>
    >;
    /** What a real mail gets as data, made up; for preview and test. */
    readonly sample: Readonly<Record<string, unknown>>;
  }

  /** One mail to one person. */
  interface Letter {
    readonly template: string;
    readonly to: { readonly email: string; readonly name?: string };
    /** Whom an answer goes to; the store's own address for answers when left out. */
    readonly replyTo?: string;
    /** Language of the person; falls back to the store's, then English. */
    readonly locale?: string;
    readonly data: Readonly<Record<string, unknown>>;
    /** Natural key: a second letter of the same template and key is not sent, e.g. `order:12`. */
    readonly key: string;
    readonly attachments?: readonly {
      readonly name: string;
      readonly type: string;
      readonly content: Buffer;
    }[];
  }

  interface SentMail {
    readonly id: Id;
    readonly template: string;
    readonly to: string;
    readonly subject: string;
    /** `unknown`: it may have gone out before a crash; a person decides whether to send it again. */
    readonly state: 'waiting' | 'sent' | 'failed' | 'unknown';
    readonly error: string | null;
    readonly createdAt: Date;
    readonly sentAt: Date | null;
  }

  /** Mail of the current store. */
  interface Mailer {
    /**
     * Writes the mail in the open transaction; it goes out after the commit, once.
     *
     * @returns the mail's id; the id of the earlier one when template and key were used before
     * @throws MAIL_ERR_UNKNOWN_TEMPLATE
     */
    send(letter: Letter): Promise<Id>;
    preview(input: {
      template: string;
      locale?: string;
      data?: Readonly<Record<string, unknown>>;
    }): Promise<
      Result<{ subject: string; html: string; text: string }, 'unknownTemplate' | 'brokenTemplate'>
    >;
    list(options?: {
      to?: string;
      state?: SentMail['state'];
      after?: Id;
      limit?: number;
    }): Promise<SentMail[]>;
  }

  interface Services {
    mailer: Mailer;
  }
  interface Points {
    mailTemplates: MailTemplate;
  }
  interface Jobs {
    'mail.send-letter': { letterId: Id };
    'mail.drop-old-letters': Record<string, never>;
  }
}
