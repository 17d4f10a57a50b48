import type { Id, SentMail } from 'kontor/sdk';

/** A row of `mail.letters`. */
export type LetterRow = {
  readonly id: Id;
  readonly template: string;
  readonly key: string;
  readonly toEmail: string;
  readonly toName: string | null;
  readonly replyTo: string | null;
  readonly locale: string | null;
  /** What it is made of; taken away once it was made. */
  readonly data: Record<string, unknown> | null;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly messageId: string;
  readonly state: SentMail['state'];
  readonly transport: string | null;
  /** Which call of the mail server this is: one that it refused is known to be over, so that the next is another. */
  readonly attempt: number;
  /** Since a person last asked for it. */
  readonly tries: number;
  readonly error: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
};

export const COLUMNS = `id, template, key, to_email as "toEmail", to_name as "toName", reply_to as "replyTo", locale, data, subject, html, text,
  message_id as "messageId", state, transport, attempt, tries, error, created_at as "createdAt", sent_at as "sentAt"`;

/** A letter as others see it. */
export function shown({
  id,
  template,
  toEmail: to,
  subject,
  state,
  error,
  createdAt,
  sentAt,
}: LetterRow): SentMail {
  return { id, template, to, subject, state, error, createdAt, sentAt };
}
