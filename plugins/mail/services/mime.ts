import nodemailer from 'nodemailer';
import type { Message } from './transport.ts';

/** The mail as text of the internet: what a server gets, and what an .eml file holds. */
export async function mimeOf(message: Message): Promise<Buffer> {
  const { from, to, replyTo, subject, html, text, messageId, date, attachments } = message;
  const composer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message: bytes } = await composer.sendMail({
    from,
    to,
    ...(replyTo ? { replyTo } : {}),
    subject,
    html,
    text,
    messageId,
    date,
    attachments: [...attachments],
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return bytes as Buffer;
}
