import nodemailer from 'nodemailer';
import type { MailSettings } from './settings.ts';
import type { Delivery, Message } from './transport.ts';
import { mimeOf } from './mime.ts';

const CONNECT = 15_000; // ms to reach the server and be greeted

/** What nodemailer tells of a failure. */
type Failure = Error & { readonly responseCode?: number; readonly command?: string; readonly code?: string };

/**
 * Sends by SMTP, one connection a mail.
 *
 * Until the server has said 354 (send the text) nothing can have gone out, and after it only its answer tells. So a
 * connection that breaks before is a refusal for now; one that breaks after is thrown: nobody can tell.
 */
export async function sendBySmtp(message: Message, settings: MailSettings): Promise<Delivery> {
  let isTextAsked = false;
  const transport = nodemailer.createTransport({
    ...placeOf(settings),
    disableFileAccess: true,
    disableUrlAccess: true,
    transactionLog: true,
    logger: watch((line) => {
      if (line.startsWith('354')) isTextAsked = true;
    }),
  });
  try {
    const raw = await mimeOf(message);
    const envelope = { from: message.from.address, to: [message.to.address] };
    await transport.sendMail({ envelope, raw, messageId: message.messageId });
    return { outcome: 'sent', transport: 'smtp' };
  } catch (error) {
    const failure = error as Failure;
    if (isTextAsked && failure.responseCode === undefined) throw failure;
    return { outcome: 'refused', isFinal: isFinal(failure), reason: failure.message.slice(0, 500) };
  } finally {
    transport.close();
  }
}

function placeOf({ host, port, secure, requireTls, user, password, timeLimit }: MailSettings) {
  return {
    host,
    port,
    secure,
    requireTLS: requireTls && !secure,
    ...(user ? { auth: { user, pass: password ?? '' } } : {}),
    connectionTimeout: CONNECT,
    greetingTimeout: Math.min(CONNECT, timeLimit * 1000),
    socketTimeout: timeLimit * 1000,
  };
}

/** About this mail and this person, not about us: a wrong password of ours may be right in an hour. */
function isFinal({ responseCode, command = '', code }: Failure): boolean {
  const isAboutMail = /^(MAIL FROM|RCPT TO|DATA)/.test(command);
  if (responseCode !== undefined) return isAboutMail && responseCode >= 500;
  return code === 'EENVELOPE' || code === 'EMESSAGE';
}

/** Nodemailer logs what the server says; that is the one way to hear it. */
function watch(hear: (line: string) => void) {
  const listen = (entry: { tnx?: string }, line?: unknown) => {
    if (entry.tnx === 'server') hear(String(line));
  };
  const deaf = () => undefined;
  return { level: deaf, trace: listen, debug: listen, info: deaf, warn: deaf, error: deaf, fatal: deaf };
}
