import type { Cradle, Id } from 'kontor/sdk';
import { errors } from '../errors.ts';
import { COLUMNS, type LetterRow } from '../models/letter.ts';
import { findTemplate } from '../services/find-template.ts';
import { renderLetter } from '../services/render-letter.ts';
import { senderOf } from '../services/sender.ts';
import { mailSettings } from '../services/settings.ts';
import { deliver, type Delivery, type Message } from '../services/transport.ts';

const TRIES = 10; // 1, 2, 4 ... 256 minutes apart: over eight hours in all
const MINUTE = 60_000; // ms

/** Each call of the mail server is one effect: a call that was refused is over, so that the next is another. */
export const effectOf = ({ template, key, attempt }: Pick<LetterRow, 'template' | 'key' | 'attempt'>) => ({
  kind: 'mail',
  key: `${template}:${key}:${attempt}`,
});

/** Makes a waiting mail and hands it over, once; whatever happens is written into its row. */
export async function sendLetter(id: Id, services: Cradle): Promise<void> {
  const waiting = await findWaiting(id, services);
  const letter = waiting && (await rendered(waiting, services));
  if (!letter) return;
  const settings = await mailSettings(services);
  const message = await messageOf(letter, services);
  const once = () =>
    services.effects.once(effectOf(letter), {
      perform: async () => JSON.stringify(await deliver(message, { settings, platform: services.platform })),
    });
  // An accident while it was handed over: asked again, the ledger says what is known of it, and hands nothing over twice.
  const done = await once().catch((cause: unknown) => {
    services.log.warn({ err: cause, letterId: id }, 'nobody can tell whether a mail went out');
    return once();
  });
  if (done.ok) return note(letter, JSON.parse(done.value.reference) as Delivery, services);
  if (done.refusal === 'running') throw new errors.MAIL_ERR_BUSY(id);
  await change(
    letter,
    { state: 'unknown', error: 'The connection broke before the server confirmed it.' },
    services,
  );
}

async function findWaiting(id: Id, { database, stores }: Cradle): Promise<LetterRow | undefined> {
  const [letter] = await database.query<LetterRow>(
    `select ${COLUMNS} from mail.letters where store_id = $1 and id = $2 and state = 'waiting'`,
    [stores.current().id, id],
  );
  return letter;
}

/** Makes its words, if that was not done before; a mail that cannot be made has failed. */
async function rendered(letter: LetterRow, services: Cradle): Promise<LetterRow | undefined> {
  if (letter.data === null) return letter;
  const template = findTemplate(letter.template, services.points);
  const made = template && (await renderLetter({ ...letter, template, data: letter.data }, services));
  if (!made?.ok) {
    const why = made
      ? `${String(made.details.template)}, line ${String(made.details.line)}: ${String(made.details.message)}`
      : '';
    const error = made ? `The template is broken: ${why}` : 'The plugin of this template is off.';
    await change(letter, { state: 'failed', error }, services);
    return undefined;
  }
  const { subject, html, text, note: error = null } = made.value;
  await services.database.query(
    `update mail.letters set subject = $3, html = $4, text = $5, error = $6, data = null
     where store_id = $1 and id = $2`,
    [services.stores.current().id, letter.id, subject, html, text, error],
  );
  return { ...letter, subject, html, text, data: null, error };
}

async function messageOf(letter: LetterRow, services: Cradle): Promise<Message> {
  const { database, stores } = services;
  const attachments = await database.query<Message['attachments'][number]>(
    `select name as filename, content_type as "contentType", content from mail.attachments
     where store_id = $1 and letter_id = $2 order by id`,
    [stores.current().id, letter.id],
  );
  return {
    ...senderOf(await mailSettings(services), services),
    ...(letter.replyTo ? { replyTo: letter.replyTo } : {}),
    to: { name: letter.toName ?? '', address: letter.toEmail },
    ...{ subject: letter.subject, html: letter.html, text: letter.text },
    ...{ messageId: letter.messageId, date: letter.createdAt, attachments },
    storeId: stores.current().id,
  };
}

/** Writes down what became of a call; one that was refused for now is tried again later. */
async function note(letter: LetterRow, delivery: Delivery, services: Cradle): Promise<void> {
  if (delivery.outcome === 'sent') {
    const { transport } = delivery;
    // What an earlier try was told is over; what is said of its words stays.
    const error = letter.tries === 0 ? letter.error : null;
    return change(letter, { state: 'sent', transport, error, sentAt: services.clock.now() }, services);
  }
  const tries = letter.tries + 1;
  const next = { attempt: letter.attempt + 1, tries, error: delivery.reason };
  if (delivery.isFinal || tries >= TRIES) return change(letter, { ...next, state: 'failed' }, services);
  const runAt = new Date(services.clock.now().getTime() + 2 ** (tries - 1) * MINUTE);
  await services.database.transaction(async () => {
    await change(letter, { ...next, state: 'waiting' }, services);
    await services.jobs.send('mail.send-letter', { letterId: letter.id }, { runAt });
  });
}

type Change = Partial<Pick<LetterRow, 'transport' | 'error' | 'sentAt' | 'attempt' | 'tries'>> &
  Pick<LetterRow, 'state'>;

async function change(letter: LetterRow, to: Change, { database, stores }: Cradle): Promise<void> {
  const after = { ...letter, ...to };
  await database.query(
    `update mail.letters set state = $3, transport = $4, error = $5, sent_at = $6, attempt = $7, tries = $8
     where store_id = $1 and id = $2 and state = 'waiting'`,
    [
      ...[stores.current().id, letter.id, after.state, after.transport, after.error],
      ...[after.sentAt, after.attempt, after.tries],
    ],
  );
}
